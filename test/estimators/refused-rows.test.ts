// Rows that scikit-learn refuses are refused here, with the row; no rows at all are answered by nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { MlctlError } from '../../src/errors/error.js';
import type { Part } from '../../src/estimators/fitted.js';
import type { Csr, Frame } from '../../src/estimators/frame.js';
import { frameOfCsr, frameOfMatrix } from '../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../src/estimators/parts.js';
import { readModel } from '../../src/python/read-model.js';
import { FIXTURES } from '../support/paths.js';

function recorded(family: string, name: string): Promise<Part> {
  const all = JSON.parse(readFileSync(join(FIXTURES, 'python', 'answers', `${family}-1.9.1.json`), 'utf8'));
  const { pickle } = all.find((one: { name: string }) => one.name === name);
  return readModel(Buffer.from(pickle, 'base64'), 'pickle');
}

const dense = (...values: number[]) => frameOfMatrix(values.length / 3, 3, Float64Array.from(values));

/** Two rows: nothing in the first, one number in the second. */
const sparse = (value: number): Frame => {
  const csr: Csr = {
    width: 3,
    indptr: Int32Array.of(0, 0, 1),
    indices: Int32Array.of(1),
    data: Float64Array.of(value),
  };
  return frameOfCsr(2, csr);
};

const refused = (part: Part, frame: Frame, message: string) =>
  assert.throws(
    () => PARTS.predict(part, frame),
    (error: MlctlError) => error instanceof MlctlError && error.code === 'DATA_INVALID' && error.message === message,
  );

test('a category that was not there in training', async () => {
  const part = await recorded('naive-bayes', 'categorical');
  PARTS.predict(part, dense(0, 1, 0.9));
  refused(part, dense(0, 0, 0, 0, 1, 70), 'categorical_nb: feature 2 is 70 in row 1; its categories are 0 to 7');
  refused(part, dense(-1, 0, 0), 'categorical_nb: feature 0 is -1 in row 0; its categories are 0 to 5');
});

test('sparse rows for support vectors that are dense', async () => {
  refused(
    await recorded('svm', 'three-classes'),
    sparse(1),
    'svc: sparse data reaches it; it was fitted on dense data',
  );
});

test('what is not a finite number, in a sparse row', async () => {
  const part = await recorded('linear-model', 'sparse-rows');
  PARTS.predict(part, sparse(1));
  refused(part, sparse(Number.NaN), 'ridge: column "x1" has a missing value in row 1');
  refused(part, sparse(Number.NEGATIVE_INFINITY), 'ridge: column "x1" holds infinity in row 1');
});

test('no rows', async () => {
  for (const [family, name] of [
    ['linear-model', 'several-targets'],
    ['svm', 'sparse'],
    ['discriminant-analysis', 'quadratic'],
    ['naive-bayes', 'bernoulli'],
    ['neural-network', 'labels'],
    ['dummy', 'constants'],
  ] as const) {
    const part = await recorded(family, name);
    const { role, ...rest } = PARTS.predict(part, dense());
    assert.ok('outputs' in rest ? rest.outputs.every(({ codes }) => codes.length === 0) : true, `${family} ${role}`);
    if (PARTS.has(part, 'predict_proba')) assert.equal(PARTS.predict_proba(part, dense()).values.length, 0);
  }
});
