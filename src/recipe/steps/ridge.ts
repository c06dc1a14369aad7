// ridge: sklearn.linear_model.Ridge by a solver that does not iterate.
import { fitRidge } from '../../training/linear-model/ridge.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';

const DIRECT = 'the solvers auto, cholesky and svd do not iterate';

export const ridge = regressorStep(
  {
    alpha: rules.float('a number, 0 or more', (v) => Number.isFinite(v) && v >= 0).default(1),
    fit_intercept: rules.boolean.default(true),
    solver: rules.oneOf('auto', 'cholesky', 'svd').default('auto'),
    tol: rules.absent(DIRECT),
    max_iter: rules.absent(DIRECT),
    random_state: rules.absent('none of the solvers here draws random numbers'),
    positive: rules.absent('the solvers here put no bound on coefficients'),
  },
  (params, { frame, target }) => fitRidge(frame, target, params),
);
