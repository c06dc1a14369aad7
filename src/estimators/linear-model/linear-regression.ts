// Turns features into a quantity by a linear model (sklearn.linear_model.LinearRegression and Ridge).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';
import { linearScores } from './linear-scores.js';

/** x → x · coef + intercept: what every linear regressor has learned, however it was fitted. */
export interface LinearRegressor<Kind extends string> extends Fitted<Kind> {
  /** [features] */
  readonly coef_: Float64Array;
  readonly intercept_: number;
}

export type LinearRegression = LinearRegressor<'LinearRegression'>;

/** Least squares with a penalty on the coefficients' squares. */
export type Ridge = LinearRegressor<'Ridge'>;

export function predictLinearRegression(model: LinearRegressor<string>, frame: Frame): ValuePrediction {
  const step = stepName(model.kind);
  const matrix = matrixOf(frame, step);
  const intercept = Float64Array.of(model.intercept_);
  const score = new Float64Array(1);
  const values = new Float64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    linearScores(matrix, i, model.coef_, intercept, score);
    values[i] = score[0]!;
  }
  return { role: 'regressor', values };
}
