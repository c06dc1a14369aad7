// The building blocks of recipe schemas: a rule is a test, and the text that follows "expected" in the message.
import { z } from 'zod';

export function rule<T>(expected: string, test: (value: unknown) => boolean) {
  return z.custom<T>(test, { error: expected });
}

/** How a value is written if its own type does not say: 1 as 1.0, a mapping of class to weight, or not at all. */
type Form = 'float' | 'weights' | 'absent';

const forms = z.registry<{ form: Form }>();

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
export const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every(isText) && new Set(value).size === value.length;
const isSeed = (value: unknown): boolean =>
  Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0xffffffff;
const isWeight = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;

/** The kinds of values that several schemas have. */
export const rules = {
  boolean: rule<boolean>('true or false', (value) => typeof value === 'boolean'),
  text: (what: string) => rule<string>(what, isText),
  oneOf: <T extends string>(...words: readonly T[]) =>
    rule<T>(`one of ${words.join(', ')}`, (value) => words.includes(value as T)),
  /** A parameter that scikit-learn takes as a float: written with its point. */
  float: (expected: string, test: (value: number) => boolean) =>
    rule<number>(expected, (value) => typeof value === 'number' && test(value)).register(forms, { form: 'float' }),
  wholeNumber: (least: number) =>
    rule<number>(
      `a whole number, ${least} or more`,
      (value) => Number.isSafeInteger(value) && (value as number) >= least,
    ),
  /** A parameter of scikit-learn that the step does not support; `why` follows "expected no value, because". */
  absent: (why: string) =>
    rule<undefined>(`no value, because ${why}`, () => false)
      .optional()
      .register(forms, { form: 'absent' }),
  seed: rule<number>('a whole number from 0 to 4294967295', isSeed),
  seedOrNull: rule<number | null>(
    'null or a whole number from 0 to 4294967295',
    (value) => value === null || isSeed(value),
  ).default(null),
  /** For a step that uses random numbers: null becomes 0, so that the same recipe trains the same model, and the log shows it. */
  seedOrFixed: rule<number | null>(
    'null or a whole number from 0 to 4294967295',
    (value) => value === null || isSeed(value),
  )
    .default(0)
    .transform((value) => value ?? 0),
  columns: rule<string[]>(
    'a list of different column names, at least one',
    (value) => isTextList(value) && (value as unknown[]).length > 0,
  ),
  /** A mapping becomes pairs of class (as text) and weight. */
  classWeight: rule<'balanced' | Record<string, number> | null>(
    'null, balanced, or a mapping of class to weight (0 or more)',
    (value) =>
      value === null ||
      value === 'balanced' ||
      (typeof value === 'object' && !Array.isArray(value) && Object.values(value).every(isWeight)),
  )
    .transform((value) => (value !== null && typeof value === 'object' ? Object.entries(value) : value))
    .register(forms, { form: 'weights' })
    .default(null),
};

/** The form that the schema gives to its parameter `key`, through defaults. */
export function formOf(schema: Pick<z.ZodObject, 'shape'>, key: string): Form | undefined {
  let at = schema.shape[key] as (z.ZodType & { def: { innerType?: z.ZodType } }) | undefined;
  while (at) {
    const found = forms.get(at)?.form;
    if (found) return found;
    at = at.def.innerType as typeof at;
  }
  return undefined;
}
