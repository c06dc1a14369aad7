// logistic_regression: sklearn.linear_model.LogisticRegression(solver='lbfgs').
import { fitLogisticRegression } from '../../training/linear-model/logistic-regression.js';
import { rules } from '../rules.js';
import { classifierStep } from './step.js';

export const logisticRegression = classifierStep(
  {
    /** Infinity: no penalty. */
    C: rules.float('a number greater than 0', (v) => v > 0).default(1),
    max_iter: rules.wholeNumber(0).default(100),
    tol: rules.float('a number, 0 or more', (v) => Number.isFinite(v) && v >= 0).default(1e-4),
    fit_intercept: rules.boolean.default(true),
    class_weight: rules.classWeight,
    solver: rules.oneOf('lbfgs').default('lbfgs'),
    /** lbfgs uses no random numbers; kept because recipes and logs name it. */
    random_state: rules.seedOrNull,
  },
  (params, { frame, target, warn }) => fitLogisticRegression(frame, target, params, warn),
);
