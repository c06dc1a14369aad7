// Turns features into their coefficients on sparse components, by ridge regression (SparsePCA and MiniBatchSparsePCA).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { solveCholesky } from '../linear-algebra/cholesky.js';
import { stepName } from '../step-name.js';

export interface SparsePCA<Kind extends string> extends Fitted<Kind> {
  readonly mean_: Float64Array;
  /** Row-major, components × features. */
  readonly components_: Float64Array;
  readonly n_components: number;
  /** The triangle of components · componentsᵀ + ridge_alpha. */
  readonly triangle: Float64Array;
}

export function transformSparsePCA(model: SparsePCA<string>, frame: Frame): Frame {
  const { mean_, components_, n_components: count, triangle, kind } = model;
  const x = matrixOf(frame, stepName(kind));
  const width = mean_.length;
  const values = new Float64Array(frame.rows * count);
  for (let i = 0; i < frame.rows; i++) {
    const code = values.subarray(i * count, (i + 1) * count);
    for (let k = 0; k < count; k++)
      for (let j = 0; j < width; j++) code[k]! += components_[k * width + j]! * (x[i * width + j]! - mean_[j]!);
    solveCholesky(triangle, count, code);
  }
  return frameOfMatrix(frame.rows, count, values);
}
