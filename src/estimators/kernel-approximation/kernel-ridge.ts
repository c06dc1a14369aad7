// Turns features into a quantity by their similarity to the training points (sklearn.kernel_ridge.KernelRidge).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { preciseProduct } from '../linear-algebra/precise-product.js';
import { kernelMatrix, type PairwiseKernel } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';

export interface KernelRidge extends Fitted<'KernelRidge'> {
  readonly kernel: PairwiseKernel;
  readonly X_fit_: Points;
  /** Row-major, training points × targets. */
  readonly dual_coef_: Float64Array;
  /** Null if the target was one plain column. */
  readonly targets: number | null;
}

export function predictKernelRidge(
  { kind, kernel, X_fit_, dual_coef_, targets }: KernelRidge,
  frame: Frame,
): ValuePrediction {
  const similar = kernelMatrix(kernel, pointsOf(frame, stepName(kind)), X_fit_);
  const count = targets ?? 1;
  const points = dual_coef_.length / count;
  const values = new Float64Array(frame.rows * count);
  for (let i = 0; i < frame.rows; i++)
    preciseProduct(similar.subarray(i * points, (i + 1) * points), dual_coef_, count, values, i * count);
  return { role: 'regressor', values, width: targets };
}
