// Turns a matrix of features into the scores of a linear model: X coefᵀ + intercept.

import type { Part } from '../fitted.js';
import { type Csr, type Frame, matrixOf } from '../frame.js';
import { finiteCsr } from '../frames/finite-csr.js';
import { isSingle } from '../frames/is-single.js';
import { stepName } from '../step-name.js';

/** The scores of all rows, row-major, rows × scores. A model of float32 computes with float32 numbers in float32. */
export function linearScoresOf(
  frame: Frame,
  coef: Float64Array,
  intercept: Float64Array,
  { kind, dtype }: Pick<Part, 'kind' | 'dtype'>,
): Float64Array {
  const count = intercept.length;
  const step = stepName(kind);
  const all = new Float64Array(frame.rows * count);
  if (frame.sparse) {
    const csr = finiteCsr(frame.sparse, step);
    const single = dtype === 'float32' && csr.data instanceof Float32Array;
    sparseScores(csr, coef, intercept, all, single ? Math.fround : (x) => x);
    return all;
  }
  const matrix = matrixOf(frame, step);
  const scores = dtype === 'float32' && isSingle(frame) ? singleScores : linearScores;
  for (let i = 0; i < frame.rows; i++) scores(matrix, i, coef, intercept, all, i * count);
  return all;
}

function sparseScores(
  { width, indptr, indices, data }: Csr,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
  rounded: (value: number) => number,
) {
  const count = intercept.length;
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let at = indptr[i]!; at < indptr[i + 1]!; at++)
        sum = rounded(sum + rounded(data[at]! * coef[k * width + indices[at]!]!));
      to[i * count + k] = rounded(sum + intercept[k]!);
    }
  }
}

/**
 * `matrix` is row-major, rows × features; `coef` row-major, scores × features; `intercept` one value a score. Writes the scores of
 * row `row` into `to`, from the place `at` on.
 */
export function linearScores(
  matrix: Float64Array,
  row: number,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
  at = 0,
): void {
  const width = coef.length / intercept.length;
  for (let k = 0; k < intercept.length; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += matrix[row * width + j]! * coef[k * width + j]!;
    to[at + k] = sum + intercept[k]!;
  }
}

/** The same, where each product is added in float32 (a fused multiply-add, as BLAS computes it). */
function singleScores(
  matrix: Float64Array,
  row: number,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
  at = 0,
): void {
  const width = coef.length / intercept.length;
  for (let k = 0; k < intercept.length; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum = Math.fround(matrix[row * width + j]! * coef[k * width + j]! + sum);
    to[at + k] = Math.fround(sum + intercept[k]!);
  }
}
