// Turns features into the weights of parts that only add up (NMF and MiniBatchNMF). The weights are found by iteration over all rows.
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { stepName } from '../step-name.js';
import { descendCoordinates } from './nmf-coordinate-descent.js';
import { multiplyUpdates, multiplyUpdatesInBatch } from './nmf-multiplicative-updates.js';

export interface NonNegativeFactors<Kind extends string> extends Fitted<Kind> {
  /** Row-major, components × features. */
  readonly components_: Float64Array;
  readonly n_components: number;
  /** `cd` or `mu` of NMF; `batch` is MiniBatchNMF. */
  readonly solver: 'cd' | 'mu' | 'batch';
  /** 2 is the Frobenius norm, 1 Kullback-Leibler, 0 Itakura-Saito. */
  readonly beta_loss: number;
  readonly tol: number;
  readonly max_iter: number;
  /** The penalties of the weights. */
  readonly l1_reg_W: number;
  readonly l2_reg_W: number;
}

export type NMF = NonNegativeFactors<'NMF'>;
export type MiniBatchNMF = NonNegativeFactors<'MiniBatchNMF'>;

export function transformNonNegativeFactors(model: NMF | MiniBatchNMF, frame: Frame): Frame {
  const step = stepName(model.kind);
  const x = matrixOf(frame, step);
  for (const value of x) {
    if (value < 0 && model.solver !== 'batch')
      throw new MlctlError('DATA_INVALID', `${step}: it takes no negative values, and the data has ${value}`);
    if (value === 0 && model.beta_loss <= 0 && model.solver !== 'batch')
      throw new MlctlError('DATA_INVALID', `${step}: with its loss it takes no zeros, and the data has one`);
  }
  const { n_components: count } = model;
  const problem = { ...model, x, rows: frame.rows, width: widthOf(frame), count };
  if (model.solver === 'cd') return frameOfMatrix(frame.rows, count, descendCoordinates(problem));
  const solve = model.solver === 'mu' ? multiplyUpdates : multiplyUpdatesInBatch;
  return frameOfMatrix(frame.rows, count, solve(problem));
}
