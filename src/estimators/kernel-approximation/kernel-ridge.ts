// Turns features into a quantity by their similarity to the training points (sklearn.kernel_ridge.KernelRidge).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { productOf } from '../linear-algebra/product.js';
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
  return {
    role: 'regressor',
    values: productOf(similar, dual_coef_, dual_coef_.length / count, count),
    width: targets,
  };
}
