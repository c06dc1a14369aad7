// The rules of a recipe outside its steps: which keys there are, what each may hold, and its default.
import { z } from 'zod';
import { isTextList, rule, rules } from './rules.js';

export const topSchema = z.strictObject({
  name: rules.text('the name of the registered model, as text').nullable().default(null),
  experiment: rules.text('the name of the experiment, as text').nullable().default(null),
  run_name: rules.text('the name of the run, as text').nullable().default(null),
  data: z.strictObject(
    {
      source: rules.text('`iris`, a path or an s3:// address of CSV or Parquet'),
      target: rules.text('the name of the target column, as text'),
      drop: rule<string[]>('a list of different column names', isTextList).default([]),
    },
    { error: 'a mapping with the keys source and target' },
  ),
  split: z
    .strictObject(
      {
        test_size: rule<number>(
          'a share between 0 and 1, or a number of rows',
          (v) => typeof v === 'number' && v > 0 && (v < 1 || Number.isSafeInteger(v)),
        ).default(0.2),
        random_state: rules.seed.default(42),
        /** If left out: true for a classifier, false for a regressor. */
        stratify: rules.boolean.optional(),
      },
      { error: 'a mapping with the keys test_size, random_state and stratify' },
    )
    .prefault({}),
  pipeline: rule<unknown[]>(
    'a list of steps, the last one predicts, as logistic_regression does',
    (value) => Array.isArray(value) && value.length > 0,
  ),
});
