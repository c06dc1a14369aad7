// simple_imputer: sklearn.impute.SimpleImputer.
import { fitSimpleImputer } from '../../training/impute/simple-imputer.js';
import { rule } from '../rule.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

export const simpleImputer = transformerStep(
  {
    module: 'sklearn.impute',
    does: 'Fills missing values.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, income, size, spend] }
pipeline:
  - simple_imputer: { strategy: median, columns: [age] }
  - simple_imputer: { strategy: constant, fill_value: none, columns: [plan] }
  - one_hot_encoder: { columns: [plan] }
  - logistic_regression: { max_iter: 1000 }`,
  },
  {
    strategy: rules
      .oneOf('mean', 'median', 'most_frequent', 'constant')
      .default('mean')
      .describe('What fills a gap. Text needs most_frequent or constant.'),
    fill_value: rule<number | string | null>(
      'a number, a text or null',
      (v) => v === null || typeof v === 'string' || Number.isFinite(v),
      { type: ['number', 'string', 'null'] },
    )
      .default(null)
      .describe('The value for constant; null: 0 for numbers, missing_value for text.'),
  },
  (params, { frame }) => fitSimpleImputer(frame, params),
);
