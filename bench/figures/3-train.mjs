import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = 'train, log with signature and example, register; warm SQLite store';

export default function figure({ root, node, bin, python }) {
  const ours = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  const theirs = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const commands = { mlctl: { command: node, args: [bin, 'train', '--register'], cwd: ours } };
    if (python) commands.peer = { command: python, args: [join(root, 'bench', 'peer_train.py')], cwd: theirs, env: { MLFLOW_DISABLE_TELEMETRY: 'true' } };
    const { times, ratio } = compare(commands, 5);
    const rows = [{ name: 'mlctl train --register', value: `${median(times.mlctl).toFixed(0)} ms` }];
    if (python) {
      const faster = ratio('peer', 'mlctl');
      rows.push({ name: 'peer: Python, scikit-learn and MLflow', value: `${median(times.peer).toFixed(0)} ms` });
      rows.push({ name: 'peer / mlctl', value: `${faster.toFixed(1)} x`, target: '>= 50 x', met: faster >= 50 });
    }
    return rows;
  } finally {
    rmSync(ours, { recursive: true, force: true });
    rmSync(theirs, { recursive: true, force: true });
  }
}
