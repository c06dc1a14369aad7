// logistic_regression: sklearn.linear_model.LogisticRegression(solver='lbfgs').
import { fitLogisticRegression } from '../../training/linear-model/logistic-regression.js';
import { rules } from '../rules.js';
import { classifierStep } from './step.js';

export const logisticRegression = classifierStep(
  {
    module: 'sklearn.linear_model',
    does: 'Predicts a class, with a probability for each, from weighted sums of the features.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, plan, size, spend] }
pipeline:
  - standard_scaler
  - logistic_regression: { C: 0.5, max_iter: 200, class_weight: balanced }`,
  },
  {
    C: rules
      .float('a number greater than 0', (v) => v > 0, { exclusiveMinimum: 0 })
      .default(1)
      .describe('Inverse strength of the penalty on large weights; .inf: none.'),
    max_iter: rules.wholeNumber(0).default(100).describe('Most iterations.'),
    tol: rules.notNegative().default(1e-4).describe('It stops when no part of the gradient is larger.'),
    fit_intercept: rules.boolean.default(true).describe('Also learn a constant for each class.'),
    class_weight: rules.classWeight.describe(
      'How much a row of each class counts; balanced: all classes the same in total.',
    ),
    solver: rules.oneOf('lbfgs').default('lbfgs').describe('The method of the fit.'),
    /** lbfgs uses no random numbers; kept because recipes and logs name it. */
    random_state: rules.seedOrNull.describe('Has no effect, because lbfgs uses no random numbers.'),
  },
  (params, { frame, target, warn }) => fitLogisticRegression(frame, target, params, warn),
);
