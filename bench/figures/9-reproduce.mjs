import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare, median } from '../measure.mjs';

export const title = 'reproduce of the iris model, against its training; warm SQLite store';

export default function figure({ node, bin }) {
  const cwd = mkdtempSync(join(tmpdir(), 'mlctl-bench-'));
  try {
    const mlctl = (...args) => ({ command: node, args: [bin, ...args], cwd });
    const { times, ratio } = compare({ train: mlctl('train', '--register'), reproduce: mlctl('reproduce', 'models:/iris_clf/1') }, 7);
    const share = ratio('reproduce', 'train');
    return [
      { name: 'mlctl train --register', value: `${median(times.train).toFixed(0)} ms` },
      { name: 'mlctl reproduce', value: `${median(times.reproduce).toFixed(0)} ms` },
      { name: 'reproduce / train', value: `${share.toFixed(2)} x`, target: '<= 1.5 x', met: share <= 1.5 },
    ];
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}
