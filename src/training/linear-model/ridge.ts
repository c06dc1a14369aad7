// A matrix and a target to the coefficients of sklearn.linear_model.Ridge: least ‖X w − y‖² + alpha ‖w‖².
import { checkFit } from './check-fit.js';
import { type LinearData, type LinearFit, solveLinear } from './solve-linear.js';

export interface RidgeParams {
  readonly alpha: number;
  readonly fit_intercept: boolean;
  /** The three have one answer, and one way leads to it here: a QR decomposition, as exact as `svd` and more than `cholesky`. */
  readonly solver: 'auto' | 'cholesky' | 'svd';
}

/** With alpha 0 this part of the greatest singular value counts as zero. scikit-learn's own answer is rounding there. */
const RESOLVED = 1e-12;

export function fitRidge(data: LinearData, params: RidgeParams): LinearFit {
  return checkFit('ridge', data, (checked) =>
    solveLinear(checked, { fitIntercept: params.fit_intercept, alpha: params.alpha, rcond: RESOLVED }),
  );
}
