// Turns features into components in the space of a kernel (sklearn.decomposition.KernelPCA).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { productOf } from '../linear-algebra/product.js';
import { centreKernel, type KernelCentre } from '../pairwise/centre-kernel.js';
import { kernelMatrix, type PairwiseKernel } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import { stepName } from '../step-name.js';

export interface KernelPCA extends Fitted<'KernelPCA'>, KernelCentre {
  readonly kernel: PairwiseKernel;
  /** The training points; of a precomputed kernel only their number counts. */
  readonly points: Points;
  /** Row-major, training points × components: the eigenvectors over the roots of their eigenvalues. */
  readonly scaled: Float64Array;
}

export function transformKernelPCA(model: KernelPCA, frame: Frame): Frame {
  const { kernel, points, scaled } = model;
  const count = model.K_fit_rows_.length;
  const similar = kernelMatrix(kernel, pointsOf(frame, stepName(model.kind)), points);
  centreKernel(similar, model);
  const components = scaled.length / count;
  return frameOfMatrix(frame.rows, components, productOf(similar, scaled, count, components));
}
