// ridge: sklearn.linear_model.Ridge by a solver that computes and does not iterate.
import { fitRidge } from '../../training/linear-model/ridge.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';

export const ridge = regressorStep(
  {
    alpha: rules.float('a number, 0 or more', (v) => Number.isFinite(v) && v >= 0).default(1),
    fit_intercept: rules.boolean.default(true),
    solver: rules.oneOf('auto', 'cholesky', 'svd').default('auto'),
  },
  (params, { frame, target }) => fitRidge(frame, target, params),
);
