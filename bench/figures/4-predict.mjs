import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compare, median } from '../measure.mjs';
import { peakMemory } from '../peak-memory.mjs';

export const title = 'predict 1,000,000 rows x 4 of CSV, whole command';

const COLUMNS = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];

/** Full-precision doubles, the same every time. */
function writeRows(path, rows) {
  const file = openSync(path, 'w');
  let state = 42;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  let text = `${COLUMNS.join(',')}\n`;
  for (let row = 0; row < rows; row++) {
    text += `${4 + 4 * next()},${2 + 2.5 * next()},${1 + 6 * next()},${0.1 + 2.4 * next()}\n`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}

export default function figure({ node, bin, python }) {
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const trained = spawnSync(node, [bin, 'train', '--register', '--json'], { cwd: work, encoding: 'utf8' });
    if (trained.status !== 0) throw new Error(trained.stderr);
    const { path, model_uri } = JSON.parse(trained.stdout);
    writeRows(join(work, 'one.csv'), 1_000_000);
    writeRows(join(work, 'ten.csv'), 10_000_000);
    const predict = (input, output) => ({ command: node, args: [bin, 'predict', model_uri, '-i', input, '-o', output, '-q'], cwd: work });
    const commands = { csv: predict('one.csv', 'out.csv') };
    if (python) {
      const script = "import sys, pandas as pd; pd.read_csv('one.csv').to_parquet('one.parquet')";
      if (spawnSync(python, ['-c', script], { cwd: work }).status === 0) commands.parquet = predict('one.parquet', 'out2.csv');
    }
    const { times, ratio } = compare(commands, 5);
    const rows = [{ name: 'mlctl predict, CSV to CSV', value: `${median(times.csv).toFixed(0)} ms` }];
    if (commands.parquet) {
      const same = readFileSync(join(work, 'out.csv')).equals(readFileSync(join(work, 'out2.csv')));
      rows.push({ name: 'mlctl predict, Parquet to CSV', value: `${median(times.parquet).toFixed(0)} ms` });
      rows.push({ name: 'Parquet / CSV', value: `${ratio('parquet', 'csv').toFixed(2)} x`, target: '<= 1 x, the same bytes', met: same && ratio('parquet', 'csv') <= 1 });
    }
    const small = peakMemory(node, bin, ['predict', model_uri, '-i', 'one.csv', '-o', 'out.csv', '-q'], work);
    const large = peakMemory(node, bin, ['predict', model_uri, '-i', 'ten.csv', '-o', 'out.csv', '-q'], work);
    if (large > 0) rows.push({ name: 'memory at 1 and 10 million rows', value: `${small.toFixed(0)} and ${large.toFixed(0)} MiB`, target: '<= 1.5 x', met: large <= 1.5 * small });
    if (python) {
      const mlflow = join(dirname(python), process.platform === 'win32' ? 'mlflow.exe' : 'mlflow');
      const args = ['models', 'predict', '-m', path, '-i', 'one.csv', '-o', 'peer.json', '-t', 'csv', '--env-manager', 'local'];
      const peer = compare({ csv: commands.csv, peer: { command: mlflow, args, cwd: work } }, 3);
      const faster = peer.ratio('peer', 'csv');
      rows.push({ name: 'peer: mlflow models predict -t csv', value: `${median(peer.times.peer).toFixed(0)} ms` });
      rows.push({ name: 'peer / mlctl predict', value: `${faster.toFixed(1)} x`, target: '>= 15 x', met: faster >= 15 });
    }
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
