import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const title = 'the library: one row through model.predict of the iris model, with the full contract';

/** CSV of two classes and so many columns. */
function wideRows(width) {
  const header = Array.from({ length: width }, (_, i) => `c${i}`);
  const lines = Array.from({ length: 60 }, (_, row) => [...header.map((_, i) => Math.sin(row * 3.7 + i)), row % 2].join(','));
  return `${[...header, 'y'].join(',')}\n${lines.join('\n')}\n`;
}

export default function figure({ root, node, bin }) {
  const work = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const train = (args) => {
      const trained = spawnSync(node, [bin, 'train', '--json', ...args], { cwd: work, encoding: 'utf8' });
      if (trained.status !== 0) throw new Error(trained.stderr);
      return JSON.parse(trained.stdout).model_uri;
    };
    const iris = train([]);
    const measured = (what, uri = iris) => {
      const args = ['--expose-gc', join(root, 'bench', 'library.mjs'), root, uri, what];
      const done = spawnSync(node, args, { cwd: work, encoding: 'utf8' });
      if (done.status !== 0) throw new Error(done.stderr);
      return JSON.parse(done.stdout);
    };
    const { row, bare, check, ratio } = measured('row');
    const { heap, rss } = measured('memory');
    writeFileSync(join(work, 'wide.csv'), wideRows(600));
    const wide = measured('wide', train(['--data', 'wide.csv', '--target', 'y']));
    return [
      { name: 'one row, processor time', value: `${row.toFixed(1)} µs`, target: '<= 60 µs', met: row <= 60 },
      { name: 'bare onnxruntime, the same inputs', value: `${bare.toFixed(1)} µs` },
      { name: 'one row / bare', value: ratio.toFixed(2), target: '<= 2', met: ratio <= 2 },
      { name: 'of it the check', value: `${check.toFixed(1)} µs` },
      { name: `a row of ${wide.columns} columns checked`, value: `${wide.check.toFixed(0)} µs`, target: '<= 1000 µs', met: wide.check <= 1000 },
      { name: 'heap after 1,000,000 more calls', value: `${heap >= 0 ? '+' : ''}${heap.toFixed(2)} MiB`, target: '<= 1 MiB', met: heap <= 1 },
      { name: 'resident memory after them', value: `${rss >= 0 ? '+' : ''}${rss.toFixed(1)} MiB`, target: '<= 16 MiB', met: rss <= 16 },
    ];
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
