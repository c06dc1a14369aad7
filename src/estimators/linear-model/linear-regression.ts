// Turns features into a quantity by a linear model (every regressor of sklearn.linear_model whose prediction is X coefᵀ + intercept).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { linearScoresOf } from './linear-scores.js';

/** x → x · coef + intercept: what every linear regressor has learned, however it was fitted. */
export interface LinearRegressor<Kind extends string> extends Fitted<Kind> {
  /** [features], or row-major [targets, features] */
  readonly coef_: Float64Array;
  /** A number, or [targets] if the target had two dimensions */
  readonly intercept_: number | Float64Array;
}

export type LinearRegression = LinearRegressor<'LinearRegression'>;

/** Least squares with a penalty on the coefficients' squares. */
export type Ridge = LinearRegressor<'Ridge'>;

export function predictLinearRegression(model: LinearRegressor<string>, frame: Frame): ValuePrediction {
  const { coef_, intercept_ } = model;
  const intercept = typeof intercept_ === 'number' ? Float64Array.of(intercept_) : intercept_;
  const values = linearScoresOf(frame, coef_, intercept, model);
  return { role: 'regressor', values, width: typeof intercept_ === 'number' ? null : intercept.length };
}
