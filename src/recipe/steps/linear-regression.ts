// linear_regression: sklearn.linear_model.LinearRegression.
import { fitLinearRegression } from '../../training/linear-model/linear-regression.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';

export const linearRegression = regressorStep(
  {
    module: 'sklearn.linear_model',
    does: 'Predicts a quantity as a weighted sum of the features, by least squares.',
    example: `data: { source: customers.csv, target: spend, drop: [customer, age, plan, size, churned] }
pipeline:
  - linear_regression`,
  },
  {
    fit_intercept: rules.boolean.default(true).describe('Also learn a constant.'),
    tol: rules.notNegative().default(1e-6).describe('Which directions of the data count as zero.'),
    positive: rules.absent('coefficients have no bound here'),
  },
  (params, { frame, target }) => fitLinearRegression(frame, target, params),
);
