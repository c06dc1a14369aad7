// Turns columns into a fitted ordinal encoder: the categories of each, given or found.
import { MlctlError } from '../../errors/error.js';
import type { Frame, FrameColumn } from '../../estimators/frame.js';
import { unknownCategory } from '../../estimators/preprocessing/category-errors.js';
import { type Categories, categoryPlaces, UNKNOWN } from '../../estimators/preprocessing/category-places.js';
import type { OrdinalEncoder } from '../../estimators/preprocessing/ordinal-encoder.js';
import { fittedOn } from '../fitted-on.js';
import { categoriesOf } from './categories.js';

const STEP = 'ordinal_encoder';

interface OrdinalEncoderParams {
  readonly categories: 'auto' | readonly (readonly (string | number)[])[];
  readonly handle_unknown: 'error' | 'use_encoded_value';
  readonly unknown_value: number | null;
  readonly encoded_missing_value: number;
}

export function fitOrdinalEncoder(frame: Frame, params: OrdinalEncoderParams): OrdinalEncoder {
  const { categories, handle_unknown, unknown_value, encoded_missing_value } = params;
  if ((handle_unknown === 'use_encoded_value') !== (unknown_value !== null))
    throw invalid(
      unknown_value === null
        ? 'handle_unknown: use_encoded_value needs unknown_value'
        : 'unknown_value needs handle_unknown: use_encoded_value',
      'write both, for example handle_unknown: use_encoded_value, unknown_value: -1',
    );
  if (categories !== 'auto' && categories.length !== frame.columns.length)
    throw invalid(
      `categories has ${categories.length} lists for ${frame.columns.length} columns`,
      'give one list for each column, or limit the step with `columns`',
    );
  const learned = frame.columns.map((column, j) =>
    categories === 'auto' ? categoriesOf(column, STEP, null) : givenCategories(column, categories[j]!, params),
  );
  const encoder: OrdinalEncoder = {
    kind: 'OrdinalEncoder',
    ...fittedOn(frame),
    categories_: learned,
    handle_unknown,
    unknown_value,
    encoded_missing_value,
  };
  for (const [j, known] of learned.entries()) refuseTwoMeanings(encoder, known, frame.columns[j]!.name);
  return encoder;
}

/** Given in a meaningful order; other values are unknown, and missing ones come last. */
function givenCategories(
  column: FrameColumn,
  given: readonly (string | number)[],
  { handle_unknown }: OrdinalEncoderParams,
): (string | number)[] {
  const type = column.kind === 'text' ? 'string' : 'number';
  const odd = given.find((category) => typeof category !== type);
  if (odd !== undefined)
    throw invalid(
      `categories has ${JSON.stringify(odd)} for the column ${JSON.stringify(column.name)}, which holds ${column.kind === 'text' ? 'text' : 'numbers'}`,
      column.kind === 'text' ? 'quote the category' : 'write the categories as numbers',
    );
  if (type === 'number' && given.some((category, i) => i > 0 && category <= given[i - 1]!))
    throw invalid(
      `categories of the column ${JSON.stringify(column.name)} are not in rising order`,
      'sort the numbers; only categories of text may be in any order',
    );
  const known = [...given, ...categoriesOf(column, STEP, null).filter(Number.isNaN)];
  const row = categoryPlaces(column, known).indexOf(UNKNOWN);
  if (row >= 0 && handle_unknown === 'error')
    throw unknownCategory(
      STEP,
      given,
      column.name,
      row,
      column.values[row]!,
      'handle_unknown: use_encoded_value, unknown_value: -1',
    );
  return known;
}

/** One number must not mean two categories. */
function refuseTwoMeanings(encoder: OrdinalEncoder, known: Categories, column: string): void {
  const { unknown_value: unknown, encoded_missing_value: missing } = encoder;
  const places = known.filter((category) => !Number.isNaN(category)).length;
  const taken = (value: number | null): boolean => Number.isInteger(value) && value! >= 0 && value! < places;
  if (taken(unknown))
    throw invalid(
      `unknown_value ${unknown} is also the number of a category of the column ${JSON.stringify(column)}`,
      'use a number that no category has, such as -1',
    );
  if (known.length > places && taken(missing))
    throw invalid(
      `encoded_missing_value ${missing} is also the number of a category of the column ${JSON.stringify(column)}`,
      'use a number that no category has, such as -1',
    );
}

function invalid(message: string, hint: string): MlctlError {
  return new MlctlError('RECIPE_INVALID', `${STEP}: ${message}`, { hint });
}
