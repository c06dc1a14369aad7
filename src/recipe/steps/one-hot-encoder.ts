// one_hot_encoder: sklearn.preprocessing.OneHotEncoder, dense.
import { fitOneHotEncoder } from '../../training/preprocessing/one-hot-encoder.js';
import { orNull, rule } from '../rule.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

export const oneHotEncoder = transformerStep(
  {
    module: 'sklearn.preprocessing',
    does: 'Turns each category of a column into a column of 0 and 1.',
    example: `data: { source: customers.csv, target: churned, drop: [customer, age, income, plan, spend] }
pipeline:
  - one_hot_encoder: { handle_unknown: ignore, columns: [size] }
  - logistic_regression`,
  },
  {
    handle_unknown: rules
      .oneOf('error', 'ignore')
      .default('error')
      .describe('What a category does that is not in the training rows: fail, or give only zeros.'),
    drop: rule<'first' | 'if_binary' | null>(
      'null, first or if_binary',
      (v) => v === null || v === 'first' || v === 'if_binary',
      orNull({ enum: ['first', 'if_binary'] }),
    )
      .default(null)
      .describe('Leave out the column of the first category; if_binary: only where there are two categories.'),
  },
  (params, { frame }) => fitOneHotEncoder(frame, params),
);
