// Pictures on each supported Node: the same values give the same bytes, also for names that Nodes might cut differently.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { coefficientsSvg } from '../../src/reports/coefficients-svg.js';
import { confusionMatrixSvg } from '../../src/reports/confusion-matrix-svg.js';
import { residualsSvg } from '../../src/reports/residuals-svg.js';
import { rocSvg } from '../../src/reports/roc-svg.js';
import { HOSTILE_TEXTS } from '../support/hostile-texts.js';
import { type NodeMajor, nodeOf } from '../support/nodes.js';

function digestOfPictures(): string {
  const names = HOSTILE_TEXTS;
  const numbers = (factor: number) => Float64Array.from({ length: 30_000 }, (_, i) => (i * factor) % 997);
  const pictures = [
    confusionMatrixSvg({ labels: names, counts: names.map((_, i) => names.map((_, j) => (i * 7 + j) % 11)) }),
    rocSvg({
      rows: 9,
      curves: names.slice(0, 8).map((label) => ({ label, fpr: [0, 0.1, 1], tpr: [0, 0.7, 1], auc: 0.81 })),
    }),
    coefficientsSvg({
      of: 'classifier',
      features: names,
      classes: names
        .slice(0, 10)
        .map((label, k) => ({ label, values: names.map((_, i) => ((i * 31 + k) % 17) - 8.123) })),
    }),
    residualsSvg({ target: 'größe', actual: numbers(7919), predicted: numbers(104_729) }),
  ];
  return createHash('sha256').update(pictures.join('')).digest('hex');
}

if (process.env['MLCTL_ONLY_PICTURES'] === '1') console.log(digestOfPictures());
else
  for (const major of ['20', '22', '24', '26'] satisfies NodeMajor[])
    test(`pictures on Node ${major} have the bytes that they have here`, (t) => {
      const found = nodeOf(major);
      if ('skip' in found) return t.skip(found.skip);
      const env = { ...process.env, MLCTL_ONLY_PICTURES: '1', NODE_TEST_CONTEXT: undefined };
      const done = spawnSync(found.node, [fileURLToPath(import.meta.url)], { encoding: 'utf8', env });
      assert.equal(done.stdout.trim(), digestOfPictures(), done.stderr);
    });
