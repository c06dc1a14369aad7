// Turns features and a quantity into a fitted sklearn.linear_model.Ridge: least ‖X w − y‖² + alpha ‖w‖².
import type { Frame } from '../../estimators/frame.js';
import type { Ridge } from '../../estimators/linear-model/linear-regression.js';
import type { Work } from '../../work.js';
import type { ValueTarget } from '../target.js';
import { fitLinear } from './fit-linear.js';

interface RidgeParams {
  readonly alpha: number;
  readonly fit_intercept: boolean;
  /**
   * The three solvers have the same solution, and one method computes it here: QR, as exact as scikit-learn's `svd` and more
   * exact than `cholesky`.
   */
  readonly solver: 'auto' | 'cholesky' | 'svd';
}

/**
 * With alpha 0, singular values up to this part of the greatest count as zero. scikit-learn's own answer consists of rounding
 * errors in this case.
 */
const RESOLVED = 1e-12;

export function* fitRidge(frame: Frame, target: ValueTarget, { alpha, fit_intercept }: RidgeParams): Work<Ridge> {
  const options = { fitIntercept: fit_intercept, alpha, rcond: RESOLVED };
  return { kind: 'Ridge', ...(yield* fitLinear('ridge', frame, target, options)) };
}
