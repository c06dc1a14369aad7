// The rules of a recipe outside its steps: which keys there are, what each may hold, its default and its meaning.
import { z } from 'zod';
import { DIALECT_RULES } from '../data/csv/dialect.js';
import { type JsonSchema, orNull, rule } from './rule.js';
import { rules } from './rules.js';

const nameOf = (what: string) => rules.text(`the name of the ${what}, as text`).nullable().default(null);

/** What is left out is as usual: commas, points, UTF-8, double quotes. */
const dialect = <Key extends keyof typeof DIALECT_RULES>(key: Key, json: JsonSchema) => {
  const { expected, read } = DIALECT_RULES[key];
  type Value = Exclude<ReturnType<(typeof DIALECT_RULES)[Key]['read']>, undefined>;
  return rule<unknown>(expected, (value) => read(value) !== undefined, json)
    .transform((value) => read(value) as Value)
    .optional();
};

export const topSchema = z.strictObject({
  name: nameOf('registered model').describe('Name to register the model under, if the command line gives none.'),
  experiment: nameOf('experiment').describe('Experiment of the run; null: Default.'),
  run_name: nameOf('run').describe('Name of the run; null: MLflow makes one up.'),
  data: z.strictObject(
    {
      source: rules
        .text('`iris`, a path, or an s3:// or https:// address of CSV or Parquet')
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
      delimiter: dialect('delimiter', { type: 'string', minLength: 1 }).describe(
        'Between the cells of a CSV; left out: a comma, in TSV a tab.',
      ),
      decimal: dialect('decimal', { enum: ['.', ','] }).describe('Before the decimals; left out: a point.'),
      encoding: dialect('encoding', { type: 'string', minLength: 1 }).describe('Of the CSV; left out: utf-8.'),
      missing_values: dialect('missingValues', {
        type: 'array',
        items: { type: 'string', minLength: 1 },
        uniqueItems: true,
      }).describe('Words that mean a missing value, besides those of pandas.'),
      quote: dialect('quote', { type: ['string', 'null'] }).describe('Around cells, or none; left out: ".'),
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
