// standard_scaler: sklearn.preprocessing.StandardScaler.
import { fitStandardScaler } from '../../training/preprocessing/standard-scaler.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

export const standardScaler = transformerStep(
  {
    module: 'sklearn.preprocessing',
    does: 'Scales numbers to a mean of 0 and a standard deviation of 1.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, plan, size, spend] }
pipeline:
  - standard_scaler
  - logistic_regression`,
  },
  {
    with_mean: rules.boolean.default(true).describe('Subtract the mean.'),
    with_std: rules.boolean.default(true).describe('Divide by the standard deviation.'),
  },
  (params, { frame }) => fitStandardScaler(frame, params),
);
