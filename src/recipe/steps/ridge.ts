// ridge: sklearn.linear_model.Ridge by a solver that does not iterate.
import { fitRidge } from '../../training/linear-model/ridge.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';

const DIRECT = 'the solvers auto, cholesky and svd do not iterate';

export const ridge = regressorStep(
  {
    module: 'sklearn.linear_model',
    does: 'Predicts a quantity as a weighted sum of the features, and keeps the weights small.',
    example: `data: { source: customers.csv, target: spend, drop: [customer, age, plan, size, churned] }
pipeline:
  - standard_scaler
  - ridge: { alpha: 0.5 }`,
  },
  {
    alpha: rules.notNegative().default(1).describe('Strength of the penalty on large weights; 0: none.'),
    fit_intercept: rules.boolean.default(true).describe('Also learn a constant.'),
    solver: rules.oneOf('auto', 'cholesky', 'svd').default('auto').describe('All give the same answer here.'),
    tol: rules.absent(DIRECT),
    max_iter: rules.absent(DIRECT),
    random_state: rules.absent('none of the solvers here draws random numbers'),
    positive: rules.absent('the solvers here put no bound on coefficients'),
  },
  (params, { frame, target }) => fitRidge(frame, target, params),
);
