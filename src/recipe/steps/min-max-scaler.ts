// min_max_scaler: sklearn.preprocessing.MinMaxScaler.
import { fitMinMaxScaler } from '../../training/preprocessing/min-max-scaler.js';
import { rule } from '../rule.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

export const minMaxScaler = transformerStep(
  {
    module: 'sklearn.preprocessing',
    does: 'Scales numbers to a range, by the smallest and the largest number of the training rows.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, plan, size, spend] }
pipeline:
  - min_max_scaler: { feature_range: [-1, 1], columns: [visits] }
  - logistic_regression: { max_iter: 5000 }`,
  },
  {
    feature_range: rule<[number, number]>(
      'a list of two numbers, the smaller first',
      (v) => Array.isArray(v) && v.length === 2 && v.every(Number.isFinite) && v[0] < v[1],
      { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 },
    )
      .default([0, 1])
      .describe('Where the smallest and the largest number go.'),
    clip: rules.boolean.default(false).describe('Cut off what lies outside of the range in later rows.'),
  },
  (params, { frame }) => fitMinMaxScaler(frame, params),
);
