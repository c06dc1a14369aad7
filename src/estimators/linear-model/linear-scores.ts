// Turns a matrix of features into the scores of a linear model: X coefᵀ + intercept.
import { type Csr, type Frame, matrixOf } from '../frame.js';

/** The scores of all rows, row-major, rows × scores. */
export function linearScoresOf(frame: Frame, coef: Float64Array, intercept: Float64Array, step: string): Float64Array {
  const count = intercept.length;
  const all = new Float64Array(frame.rows * count);
  if (frame.sparse) {
    sparseScores(frame.sparse, coef, intercept, all);
    return all;
  }
  const matrix = matrixOf(frame, step);
  for (let i = 0; i < frame.rows; i++)
    linearScores(matrix, i, coef, intercept, all.subarray(i * count, (i + 1) * count));
  return all;
}

function sparseScores(
  { width, indptr, indices, data }: Csr,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
) {
  const count = intercept.length;
  for (let i = 0; i + 1 < indptr.length; i++) {
    for (let k = 0; k < count; k++) {
      let sum = 0;
      for (let at = indptr[i]!; at < indptr[i + 1]!; at++) sum += data[at]! * coef[k * width + indices[at]!]!;
      to[i * count + k] = sum + intercept[k]!;
    }
  }
}

/**
 * `matrix` is row-major, rows × features; `coef` row-major, scores × features; `intercept` one value a score. Writes the scores of
 * row `row` into `to`.
 */
export function linearScores(
  matrix: Float64Array,
  row: number,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
): void {
  const width = coef.length / intercept.length;
  for (let k = 0; k < intercept.length; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += matrix[row * width + j]! * coef[k * width + j]!;
    to[k] = sum + intercept[k]!;
  }
}
