// The whole program on each supported Node: the same recipe and data give the same model.onnx, byte for byte.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/cli.js';
import { type NodeMajor, nodeOf } from '../support/nodes.js';
import { scratch } from '../support/paths.js';

const cwd = scratch('mlctl-same-bytes-');
const row = (i: number) =>
  `${i % 7 === 0 ? '' : Math.sin(i).toFixed(4)},${(i * 37) % 11},${['rot', 'grün', '', 'a "b", c'][i % 4]!.replace(/.*".*/, '"a ""b"", c"')},${['ja', 'nein', 'vielleicht, "bald"'][(i * 5) % 3]!.replace(/.*".*/, '"vielleicht, ""bald"""')}`;
writeFileSync(
  join(cwd, 'data.csv'),
  `\ufeffgröße,zahl,farbe,antwort\r\n${Array.from({ length: 120 }, (_, i) => row(i)).join('\r\n')}\r\n`,
);
writeFileSync(
  join(cwd, 'recipe.yaml'),
  `data: { source: data.csv, target: antwort }
split: { test_size: 0.25, random_state: 7, stratify: true }
pipeline:
  - simple_imputer: { strategy: mean, columns: [größe] }
  - simple_imputer: { strategy: most_frequent, columns: [farbe] }
  - one_hot_encoder: { columns: [farbe] }
  - min_max_scaler: { columns: [zahl] }
  - standard_scaler: { columns: [größe] }
  - logistic_regression: { C: 0.3, class_weight: balanced, max_iter: 500 }
`,
);

function digests(label: string, node?: string): string[] {
  return [[], ['recipe.yaml']].map((recipe, i) => {
    const out = `out-${label}-${i}`;
    const done = runCli(['train', ...recipe, '--no-log', '--out', out, '--quiet'], { cwd, ...(node ? { node } : {}) });
    assert.equal(done.code, 0, done.stderr);
    return createHash('sha256')
      .update(readFileSync(join(cwd, out, 'model.onnx')))
      .digest('hex');
  });
}

const here = digests('here');
for (const major of ['20', '22', '24', '26'] satisfies NodeMajor[])
  test(`train on Node ${major}, and smoke what another Node trained`, (t) => {
    const found = nodeOf(major);
    if ('skip' in found) return t.skip(found.skip);
    assert.deepEqual(digests(major, found.node), here);
    const smoked = runCli(['smoke', './out-here-1'], { cwd, node: found.node });
    assert.equal(smoked.code, 0, smoked.stdout + smoked.stderr);
    assert.equal(smoked.stderr, '');
  });
