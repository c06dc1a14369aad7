// Turns features into their similarities to a few training points, in an even basis (sklearn.kernel_approximation.Nystroem).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { productOf } from '../linear-algebra/product.js';
import { kernelMatrix, type PairwiseKernel } from '../pairwise/kernel.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import { stepName } from '../step-name.js';

export interface Nystroem extends Fitted<'Nystroem'> {
  readonly kernel: PairwiseKernel;
  readonly components_: Points;
  /** The transpose of `normalization_`, components × components. */
  readonly normalization: Float64Array;
}

export function transformNystroem({ kind, kernel, components_, normalization }: Nystroem, frame: Frame): Frame {
  const similar = kernelMatrix(kernel, pointsOf(frame, stepName(kind)), components_);
  const { rows } = components_;
  return frameOfMatrix(frame.rows, rows, productOf(similar, normalization, rows, rows));
}
