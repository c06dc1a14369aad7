// Turns features into the probabilities of hidden units (sklearn.neural_network.BernoulliRBM).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { linearScoresOf } from '../linear-model/linear-scores.js';
import { logistic } from '../special/logistic.js';

export interface BernoulliRbm extends Fitted<'BernoulliRBM'> {
  /** Row-major, hidden units × features */
  readonly components_: Float64Array;
  /** [hidden units] */
  readonly intercept_hidden_: Float64Array;
}

export function transformBernoulliRbm(model: BernoulliRbm, frame: Frame): Frame {
  const values = linearScoresOf(frame, model.components_, model.intercept_hidden_, model).map(logistic);
  const single = model.dtype === 'float32' && isSingle(frame);
  return frameOfMatrix(frame.rows, model.intercept_hidden_.length, single ? Float32Array.from(values) : values);
}
