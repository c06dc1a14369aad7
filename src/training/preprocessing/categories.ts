// Turns a column into its categories, sorted as scikit-learn sorts: numbers by value, text by code point.
import { MlctlError } from '../../errors/error.js';
import type { FrameColumn } from '../../estimators/frame.js';
import { compareCodePoints } from '../compare.js';

/** Dense 0/1 columns beyond this many would fill the memory before they teach anything. */
const MAX_CATEGORIES = 10_000;

/** A missing value is what `missing` says: the error to throw, by row. */
export function categoriesOf(
  column: FrameColumn,
  step: string,
  missing: (row: number) => MlctlError,
): (string | number)[] {
  const found = new Set<string | number>();
  for (let i = 0; i < column.values.length; i++) {
    if (column.kind === 'text' ? column.nulls?.[i] === 1 : Number.isNaN(column.values[i])) throw missing(i);
    found.add(column.values[i]!);
    if (found.size > MAX_CATEGORIES)
      throw new MlctlError(
        'DATA_INVALID',
        `${step}: column "${column.name}" has more than ${MAX_CATEGORIES} categories`,
        {
          hint: `a column that names each row is no category; leave it out with data: { drop: [${JSON.stringify(column.name)}] }`,
        },
      );
  }
  return column.kind === 'text'
    ? ([...found] as string[]).sort(compareCodePoints)
    : ([...found] as number[]).sort((a, b) => a - b);
}
