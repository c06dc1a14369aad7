import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';
import { peakMemory } from '../peak-memory.mjs';

export const title = 'models of Python: a forest of 100 trees, 100,000 rows of 20 features; then 1,000,000 rows of CSV through whole commands';

const ROWS = 100_000;
const FEATURES = 20;
const RUNS = 5;

export default async function figure({ root, node, bin, python }) {
  if (!python) return [{ name: 'mlctl against scikit-learn', value: 'no Python' }];
  const { build } = await import('esbuild');
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const outfile = join(work, 'forest.js');
    writeFileSync(join(work, 'package.json'), '{"type":"module"}');
    const entryPoints = { forest: join(root, 'bench', 'forest.ts'), 'tree-helper': join(root, 'src', 'estimators', 'tree', 'tree-helper.ts') };
    const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
    await build({ entryPoints, bundle: true, platform: 'node', format: 'esm', outdir: work, banner, logLevel: 'warning' });
    const peer = (what) => execFileSync(python, [join(root, 'bench', 'peer_forest.py'), what, work, ROWS, FEATURES], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    peer('make');
    const times = { mlctl: [], peer: [] };
    for (let run = 0; run < RUNS; run += 1) {
      times.mlctl.push(Number(execFileSync(node, [outfile, work, FEATURES], { encoding: 'utf8' })));
      times.peer.push(Number(peer('time')));
    }
    const ratio = median(times.mlctl.map((time, run) => time / times.peer[run]));
    const rows = [
      { name: 'mlctl, the same bits', value: `${median(times.mlctl).toFixed(0)} ms` },
      { name: 'peer: scikit-learn, n_jobs=-1', value: `${median(times.peer).toFixed(0)} ms` },
      { name: 'mlctl / peer', value: `${ratio.toFixed(2)} x`, target: '<= 1 x', met: ratio <= 1 },
    ];
    writeRows(join(work, 'small.csv'), 100_000);
    writeRows(join(work, 'large.csv'), 1_000_000);
    for (const model of ['forest', 'boosting', 'columns']) {
      const predict = (input) => ['predict', join(work, model), '-i', input, '-o', 'out.csv', '-q'];
      const { times: whole } = compare({ large: { command: node, args: [bin, ...predict('large.csv')], cwd: work } }, 1);
      const [small, large] = ['small.csv', 'large.csv'].map((input) => peakMemory(node, bin, predict(input), work));
      rows.push({ name: `${model}: mlctl predict, 1,000,000 rows x ${FEATURES}`, value: `${median(whole.large).toFixed(0)} ms` });
      rows.push({ name: `${model}: memory at 0.1 and 1 million rows`, value: `${small.toFixed(0)} and ${large.toFixed(0)} MiB`, target: '<= 80 MiB more; the rows alone are 153', met: large <= small + 80 });
    }
    return rows;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Full-precision doubles, the same every time. */
function writeRows(path, rows) {
  const file = openSync(path, 'w');
  let state = 42;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 30 - 2;
  };
  let text = `${Array.from({ length: FEATURES }, (_, j) => `x${j}`).join(',')}\n`;
  for (let row = 0; row < rows; row += 1) {
    for (let j = 0; j < FEATURES; j += 1) text += `${next() + next()}${j === FEATURES - 1 ? '\n' : ','}`;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = '';
    }
  }
  writeSync(file, text);
  closeSync(file);
}
