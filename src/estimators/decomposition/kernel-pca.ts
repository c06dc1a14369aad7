// Turns features into components in the space of a kernel (sklearn.decomposition.KernelPCA).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { productOf } from '../linear-algebra/product.js';
import { kernelMatrix, type PairwiseKernel } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import { stepName } from '../step-name.js';

export interface KernelPCA extends Fitted<'KernelPCA'> {
  readonly kernel: PairwiseKernel;
  /** The training points; of a precomputed kernel only their number counts. */
  readonly points: Points;
  /** The mean of each column of the training kernel, and of all of it. */
  readonly K_fit_rows_: Float64Array;
  readonly K_fit_all_: number;
  /** Row-major, training points × components: the eigenvectors over the roots of their eigenvalues. */
  readonly scaled: Float64Array;
}

export function transformKernelPCA(model: KernelPCA, frame: Frame): Frame {
  const { kernel, points, K_fit_rows_, K_fit_all_, scaled } = model;
  const count = K_fit_rows_.length;
  const similar = kernelMatrix(kernel, pointsOf(frame, stepName(model.kind)), points);
  for (let i = 0; i < frame.rows; i++) {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += similar[i * count + k]!;
    const mean = sum / count;
    for (let k = 0; k < count; k++)
      similar[i * count + k] = similar[i * count + k]! - K_fit_rows_[k]! - mean + K_fit_all_;
  }
  const components = scaled.length / count;
  return frameOfMatrix(frame.rows, components, productOf(similar, scaled, count, components));
}
