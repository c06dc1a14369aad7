// A matrix and a target to the coefficients of sklearn.linear_model.LinearRegression: the shortest of all least squares solutions.
import { checkFit } from './check-fit.js';
import { type LinearData, type LinearFit, solveLinear } from './solve-linear.js';

export interface LinearRegressionParams {
  readonly fit_intercept: boolean;
  /** Singular values up to `tol` times the greatest count as zero. */
  readonly tol: number;
}

export function fitLinearRegression(data: LinearData, params: LinearRegressionParams): LinearFit {
  return checkFit('linear_regression', data, (checked) =>
    solveLinear(checked, { fitIntercept: params.fit_intercept, alpha: 0, rcond: params.tol }),
  );
}
