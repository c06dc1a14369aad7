// Turns features and a quantity into a fitted sklearn.linear_model.LinearRegression: the shortest of all least squares solutions.
import type { Frame } from '../../estimators/frame.js';
import type { LinearRegression } from '../../estimators/linear-model/linear-regression.js';
import type { Work } from '../../work.js';
import type { ValueTarget } from '../target.js';
import { fitLinear } from './fit-linear.js';

interface LinearRegressionParams {
  readonly fit_intercept: boolean;
  /** Singular values up to `tol` times the greatest count as zero. */
  readonly tol: number;
}

export function* fitLinearRegression(
  frame: Frame,
  target: ValueTarget,
  { fit_intercept, tol }: LinearRegressionParams,
): Work<LinearRegression> {
  const options = { fitIntercept: fit_intercept, alpha: 0, rcond: tol };
  return { kind: 'LinearRegression', ...(yield* fitLinear('linear_regression', frame, target, options)) };
}
