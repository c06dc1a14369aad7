// Turns features into the mean of a Gaussian process there (sklearn.gaussian_process.GaussianProcessRegressor).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { preciseProduct } from '../linear-algebra/precise-product.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';
import { covarianceOf, type KernelTree } from './kernel-tree.js';

export interface GaussianProcessRegressor extends Fitted<'GaussianProcessRegressor'> {
  readonly kernel_: KernelTree;
  readonly X_train_: Points;
  /** Row-major, training points × targets. */
  readonly alpha_: Float64Array;
  /** One a target. */
  readonly _y_train_mean: Float64Array;
  readonly _y_train_std: Float64Array;
  /** Null if there is one target, and so numpy's answer has one dimension. */
  readonly targets: number | null;
}

export function predictGaussianProcessRegressor(model: GaussianProcessRegressor, frame: Frame): ValuePrediction {
  const { kernel_, X_train_, alpha_, _y_train_mean, _y_train_std, targets } = model;
  const x = pointsOf(frame, stepName(model.kind));
  const { width, rows, values } = X_train_;
  const covariance = covarianceOf(kernel_, width);
  const count = targets ?? 1;
  const made = new Float64Array(frame.rows * count);
  const similar = new Float64Array(rows);
  for (let i = 0; i < frame.rows; i++) {
    for (let point = 0; point < rows; point++) similar[point] = covariance(x.values, i * width, values, point * width);
    preciseProduct(similar, alpha_, count, made, i * count);
  }
  for (let at = 0; at < made.length; at++)
    made[at] = _y_train_std[at % count]! * made[at]! + _y_train_mean[at % count]!;
  return { role: 'regressor', values: made, width: targets };
}
