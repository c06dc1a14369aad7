// The rules of a recipe: which keys there are, what each may hold, what it is where left out. Parameter rules are scikit-learn's.
import { z } from 'zod';

/** A rule with its words: `expected` stands in the message as "expected …". */
function rule<T>(expected: string, test: (value: unknown) => boolean) {
  return z.custom<T>(test, { error: expected });
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every(isText) && new Set(value).size === value.length;
const oneOf = <T extends string>(...words: readonly T[]) =>
  rule<T>(`one of ${words.join(', ')}`, (value) => words.includes(value as T));
const text = (what: string) => rule<string>(what, isText);
const boolean = rule<boolean>('true or false', (value) => typeof value === 'boolean');
const seed = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;

export const topSchema = z.strictObject({
  name: text('the name of the registered model, as text').nullable().default(null),
  experiment: text('the name of the experiment, as text').nullable().default(null),
  run_name: text('the name of the run, as text').nullable().default(null),
  data: z.strictObject(
    {
      source: text('`iris`, a path or an s3:// address of CSV or Parquet'),
      target: text('the name of the target column, as text'),
      drop: rule<string[]>('a list of different column names', isTextList).default([]),
    },
    { error: 'a mapping with the keys source and target' },
  ),
  split: z
    .strictObject(
      {
        test_size: rule<number>(
          'a share between 0 and 1, or a number of rows',
          (v) => isNumber(v) && v > 0 && (v < 1 || Number.isSafeInteger(v)),
        ).default(0.2),
        random_state: rule<number>('a whole number from 0 to 4294967295', seed).default(42),
        stratify: boolean.default(true),
      },
      { error: 'a mapping with the keys test_size, random_state and stratify' },
    )
    .prefault({}),
  pipeline: rule<unknown[]>(
    'a list of steps, the last one logistic_regression',
    (value) => Array.isArray(value) && value.length > 0,
  ),
});

const columns = rule<string[]>(
  'a list of different column names, at least one',
  (value) => isTextList(value) && (value as unknown[]).length > 0,
)
  .nullable()
  .default(null);

const classWeight = rule<'balanced' | Record<string, number> | null>(
  'null, balanced, or a mapping of class to weight (0 or more)',
  (value) =>
    value === null ||
    value === 'balanced' ||
    (typeof value === 'object' &&
      !Array.isArray(value) &&
      Object.values(value).every((weight) => isNumber(weight) && weight >= 0 && Number.isFinite(weight))),
);

/** One schema a step; the keys of this table are the kinds of steps. */
export const stepSchemas = {
  standard_scaler: z.strictObject({ with_mean: boolean.default(true), with_std: boolean.default(true), columns }),
  min_max_scaler: z.strictObject({
    feature_range: rule<[number, number]>(
      'a list of two numbers, the smaller first',
      (v) => Array.isArray(v) && v.length === 2 && v.every(Number.isFinite) && v[0] < v[1],
    ).default([0, 1]),
    clip: boolean.default(false),
    columns,
  }),
  simple_imputer: z.strictObject({
    strategy: oneOf('mean', 'median', 'most_frequent', 'constant').default('mean'),
    fill_value: rule<number | string | null>(
      'a number, a text or null',
      (v) => v === null || typeof v === 'string' || Number.isFinite(v),
    ).default(null),
    columns,
  }),
  one_hot_encoder: z.strictObject({
    handle_unknown: oneOf('error', 'ignore').default('error'),
    drop: rule<'first' | 'if_binary' | null>(
      'null, first or if_binary',
      (v) => v === null || v === 'first' || v === 'if_binary',
    ).default(null),
    columns,
  }),
  logistic_regression: z.strictObject({
    C: rule<number>('a number greater than 0', (v) => isNumber(v) && v > 0).default(1),
    max_iter: rule<number>('a whole number, 0 or more', (v) => Number.isSafeInteger(v) && (v as number) >= 0).default(
      100,
    ),
    tol: rule<number>('a number, 0 or more', (v) => Number.isFinite(v) && (v as number) >= 0).default(1e-4),
    fit_intercept: boolean.default(true),
    class_weight: classWeight.default(null),
    solver: oneOf('lbfgs').default('lbfgs'),
    random_state: rule<number | null>(
      'null or a whole number from 0 to 4294967295',
      (v) => v === null || seed(v),
    ).default(null),
  }),
} as const;

type StepKind = keyof typeof stepSchemas;

export function isStepKind(word: string): word is StepKind {
  return Object.hasOwn(stepSchemas, word);
}
