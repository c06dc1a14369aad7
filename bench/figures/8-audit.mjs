import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = 'audit of an iris model (every line but the reproduction), cold process, against smoke of the same version';

export default function figure({ node, bin }) {
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const git = (...args) => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: work });
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'start');
    const trained = spawnSync(node, [bin, 'train', '--register=iris_clf', '--alias', 'champion', '--json'], {
      cwd: work,
      encoding: 'utf8',
    });
    if (trained.status !== 0) throw new Error(trained.stderr);
    const uri = 'models:/iris_clf@champion';
    const { times, ratio } = compare(
      {
        smoke: { command: node, args: [bin, 'smoke', uri], cwd: work },
        audit: { command: node, args: [bin, 'audit', uri], cwd: work },
        again: { command: node, args: [bin, 'audit', uri, '--reproduce'], cwd: work },
      },
      21,
    );
    const met = ratio('audit', 'smoke');
    return [
      { name: `mlctl smoke ${uri}`, value: `${median(times.smoke).toFixed(0)} ms` },
      { name: `mlctl audit ${uri}`, value: `${median(times.audit).toFixed(0)} ms` },
      { name: 'audit --reproduce', value: `${median(times.again).toFixed(0)} ms` },
      { name: 'audit / smoke', value: `${met.toFixed(2)} x`, target: '<= 2 x', met: met <= 2 },
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
