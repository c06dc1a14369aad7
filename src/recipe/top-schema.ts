// The rules of a recipe outside its steps: which keys there are, what each may hold, its default and its meaning.
import { z } from 'zod';
import { orNull, rule } from './rule.js';
import { rules } from './rules.js';

const nameOf = (what: string) => rules.text(`the name of the ${what}, as text`).nullable().default(null);

export const topSchema = z.strictObject({
  name: nameOf('registered model').describe('Name to register the model under, if the command line gives none.'),
  experiment: nameOf('experiment').describe('Experiment of the run; null: Default.'),
  run_name: nameOf('run').describe('Name of the run; null: MLflow makes one up.'),
  data: z.strictObject(
    {
      source: rules
        .text('`iris`, a path or an s3:// address of CSV or Parquet')
        .describe('Where the rows are; a path is relative to the recipe.'),
      target: rules.text('the name of the target column, as text').describe('The column to predict.'),
      drop: rules
        .texts('a list of different column names')
        .default([])
        .describe('Columns that the model does not see.'),
      max_classes: rule<number | null>(
        'null or a whole number, 2 or more',
        (value) => value === null || (Number.isSafeInteger(value) && (value as number) >= 2),
        orNull({ type: 'integer', minimum: 2 }),
      )
        .default(null)
        .describe(
          'Most classes of the target. null: 100, and at most half as many as rows if there are more than 20, because more look like a quantity.',
        ),
    },
    { error: 'a mapping with the keys source and target' },
  ),
  split: z
    .strictObject(
      {
        test_size: rule<number>(
          'a share between 0 and 1, or a number of rows',
          (v) => typeof v === 'number' && v > 0 && (v < 1 || Number.isSafeInteger(v)),
          {
            anyOf: [
              { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
              { type: 'integer', minimum: 1 },
            ],
          },
        )
          .default(0.2)
          .describe('Rows that are held out to judge the model.'),
        random_state: rules.seed.default(42).describe('Seed of the shuffle.'),
        stratify: rules.boolean
          .optional()
          .describe(
            'Keep the share of each class in both parts. If left out: true for a classifier, false for a regressor.',
          ),
      },
      { error: 'a mapping with the keys test_size, random_state and stratify' },
    )
    .prefault({}),
  pipeline: rule<unknown[]>(
    'a list of steps, the last one predicts, as logistic_regression does',
    (value) => Array.isArray(value) && value.length > 0,
    { type: 'array', minItems: 1 },
  ).describe('The steps, in their order; the last one predicts.'),
});
