// predict through a real ONNX package, found by its path: opened in a process of its own, answered row by row.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { buildPackage } from '../../src/model/build-package.js';
import { convertEstimator } from '../../src/onnx/convert-estimator.js';
import { predict } from '../../src/operations/predict.js';
import { validate } from '../../src/operations/validate.js';
import type { ScalarName } from '../../src/schema/types.js';
import type { World } from '../../src/world.js';
import { column, on } from '../support/estimators.js';
import { scratch } from '../support/paths.js';

const columns = (...of: [string, ScalarName][]) => ({
  kind: 'columns' as const,
  columns: of.map(([name, scalar]) => ({ name, type: { kind: 'scalar' as const, scalar }, required: true })),
});

test('a package by its path: rows in, labels and probabilities out', async () => {
  const folder = scratch();
  const payload = convertEstimator(
    {
      kind: 'LogisticRegression',
      ...on(['x', 'y']),
      classes_: { type: 'string', values: ['no', 'yes'] },
      coef_: Float64Array.of(2, -1),
      intercept_: Float64Array.of(0.5),
      n_iter_: 1,
    },
    [column('x'), column('y')],
  );
  const files = buildPackage({
    payload,
    signature: {
      inputs: columns(['x', 'double'], ['y', 'double']),
      outputs: columns(['label', 'string'], ['probability_no', 'double'], ['probability_yes', 'double']),
      params: null,
    },
    inputExample: null,
    golden: null,
    runId: null,
    modelId: null,
    uuid: '0'.repeat(32),
    artifactPath: 'model',
    createdAt: 0,
    mlctlVersion: '0.0.0',
  });
  await writeFolderAtomically(join(folder, 'model'), files);
  const rows = Array.from({ length: 20_000 }, (_, i) => `${Math.sin(i)},${Math.cos(i)}`);
  writeFileSync(join(folder, 'in.csv'), `x,y\n${rows.join('\n')}\n`);
  const world: World = {
    env: { HOME: folder },
    cwd: folder,
    now: () => Date.now(),
    signal: new AbortController().signal,
    note: () => {},
    warn: () => {},
  };
  const streams = { stdin: Readable.from([]), stdout: new Writable() };
  const progress: number[] = [];
  const document = await predict(
    world,
    { uri: 'model', input: 'in.csv', output: 'out.csv', onProgress: ({ rows: done }) => progress.push(done) },
    streams,
  );
  assert.deepEqual([document.rows, document.rejected, document.output], [20_000, 0, 'out.csv']);
  assert.equal(progress.at(-1), 20_000);
  const [header, ...lines] = readFileSync(join(folder, 'out.csv'), 'utf8').trimEnd().split('\n');
  assert.equal(header, 'label,probability_no,probability_yes');
  assert.equal(lines.length, 20_000);
  for (const [i, line] of lines.entries()) {
    const yes = 1 / (1 + Math.exp(-(2 * Math.sin(i) - Math.cos(i) + 0.5)));
    const [label, no, probability] = line.split(',');
    assert.ok(Math.abs(Number(probability) - yes) < 1e-12 && Math.abs(Number(no) - (1 - yes)) < 1e-12, line);
    assert.equal(label, yes > 0.5 ? 'yes' : 'no');
  }
  const checked = await validate(world, { uri: 'model', input: 'in.csv' }, streams);
  assert.deepEqual([checked.valid, checked.rows], [true, 20_000]);
});
