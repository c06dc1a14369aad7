// The rules that several schemas of a recipe have.
import { type JsonSchema, orNull, rule } from './rule.js';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every(isText) && new Set(value).size === value.length;
const isSeed = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
const isWeight = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;

const TEXT = { type: 'string', minLength: 1 };
const TEXTS = { type: 'array', items: TEXT, uniqueItems: true };
const SEED = { type: 'integer', minimum: 0, maximum: 0xffffffff };
const WEIGHT = { type: 'number', minimum: 0 };
/** Where a step has steps inside: the definition is in the schema of the whole recipe. */
export const LIST_OF_STEPS: JsonSchema = { $ref: '#/definitions/transformers' };

const seedOrNull = () =>
  rule<number | null>(
    'null or a whole number from 0 to 4294967295',
    (value) => value === null || isSeed(value),
    orNull(SEED),
  );

/** The kinds of values that several schemas have. */
export const rules = {
  boolean: rule<boolean>('true or false', (value) => typeof value === 'boolean', { type: 'boolean' }),
  text: (what: string) => rule<string>(what, isText, TEXT),
  texts: (what: string) => rule<string[]>(what, isTextList, TEXTS),
  oneOf: <T extends string>(...words: readonly T[]) =>
    rule<T>(`one of ${words.join(', ')}`, (value) => words.includes(value as T), { enum: words }),
  /** A parameter that scikit-learn takes as a float: written with its point. */
  float: (expected: string, test: (value: number) => boolean, bounds: JsonSchema) =>
    rule<number>(expected, (value) => typeof value === 'number' && test(value), { type: 'number', ...bounds }, 'float'),
  notNegative: () =>
    rules.float('a number, 0 or more', (value) => Number.isFinite(value) && value >= 0, { minimum: 0 }),
  wholeNumber: (least: number) =>
    rule<number>(
      `a whole number, ${least} or more`,
      (value) => Number.isSafeInteger(value) && (value as number) >= least,
      { type: 'integer', minimum: least },
    ),
  /** A parameter of scikit-learn that the step does not support; `why` follows "expected no value, because". */
  absent: (why: string) => rule<undefined>(`no value, because ${why}`, () => false, { not: {} }, 'absent').optional(),
  seed: rule<number>('a whole number from 0 to 4294967295', isSeed, SEED),
  seedOrNull: seedOrNull().default(null),
  /** For a step that uses random numbers: null becomes 0, so that the same recipe trains the same model, and the log shows it. */
  seedOrFixed: seedOrNull()
    .default(0)
    .transform((value) => value ?? 0),
  columns: rule<string[]>(
    'a list of different column names, at least one',
    (value) => isTextList(value) && (value as unknown[]).length > 0,
    { ...TEXTS, minItems: 1 },
  ),
  /** A mapping becomes pairs of class (as text) and weight. */
  classWeight: rule<'balanced' | Record<string, number> | null>(
    'null, balanced, or a mapping of class to weight (0 or more)',
    (value) =>
      value === null ||
      value === 'balanced' ||
      (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isWeight)),
    { anyOf: [{ const: 'balanced' }, { type: 'object', additionalProperties: WEIGHT }, { type: 'null' }] },
    'weights',
  )
    .transform((value) => (value !== null && typeof value === 'object' ? Object.entries(value) : value))
    .default(null),
};
