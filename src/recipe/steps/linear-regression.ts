// linear_regression: sklearn.linear_model.LinearRegression.
import { fitLinearRegression } from '../../training/linear-model/linear-regression.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';

export const linearRegression = regressorStep(
  {
    fit_intercept: rules.boolean.default(true),
    tol: rules.float('a number, 0 or more', (v) => Number.isFinite(v) && v >= 0).default(1e-6),
    positive: rules.absent('coefficients have no bound here'),
  },
  (params, { frame, target }) => fitLinearRegression(frame, target, params),
);
