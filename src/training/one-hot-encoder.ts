// A frame to a fitted one-hot encoder: the sorted categories of each column.
import { MlctlError } from '../errors/error.js';
import { columnsNamed, type Frame, type FrameColumn } from '../estimators/frame.js';
import { missingValue } from '../estimators/one-hot-encoder.js';
import { outputColumns } from '../estimators/output-columns.js';
import type { OneHotEncoder } from '../estimators/types.js';
import type { OneHotEncoderParams } from '../recipe/recipe-types.js';
import { compareCodePoints } from './compare.js';

/** Dense 0/1 columns beyond this many would fill the memory before they teach anything. */
const MAX_CATEGORIES = 10_000;

export function fitOneHotEncoder(frame: Frame, columns: readonly string[], params: OneHotEncoderParams): OneHotEncoder {
  const categories = columnsNamed(frame, columns, 'one_hot_encoder').map(categoriesOf);
  const encoder: OneHotEncoder = {
    kind: 'one_hot_encoder',
    columns,
    categories,
    handleUnknown: params.handle_unknown,
    dropIndex: categories.map(({ length }) =>
      params.drop === 'first' || (params.drop === 'if_binary' && length === 2) ? 0 : -1,
    ),
  };
  const seen = new Set<string>();
  for (const name of outputColumns(
    encoder,
    frame.columns.map((column) => column.name),
  )) {
    if (seen.has(name))
      throw new MlctlError(
        'DATA_INVALID',
        `one_hot_encoder: two columns would be named ${JSON.stringify(name)} after encoding`,
        { hint: 'rename one of the columns in the data' },
      );
    seen.add(name);
  }
  return encoder;
}

function categoriesOf(column: FrameColumn): (string | number)[] {
  const found = new Set<string | number>();
  for (let i = 0; i < column.values.length; i++) {
    if (column.kind === 'text' ? column.nulls?.[i] === 1 : Number.isNaN(column.values[i]))
      throw missingValue(column.name, i);
    found.add(column.values[i]!);
    if (found.size > MAX_CATEGORIES)
      throw new MlctlError(
        'DATA_INVALID',
        `one_hot_encoder: column "${column.name}" has more than ${MAX_CATEGORIES} categories`,
        {
          hint: `a column that names each row is not a category; leave it out with data: { drop: [${JSON.stringify(column.name)}] }`,
        },
      );
  }
  return column.kind === 'text'
    ? ([...found] as string[]).sort(compareCodePoints)
    : ([...found] as number[]).sort((a, b) => a - b);
}
