// Turns a value that an encoder cannot take into an error.
import type { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import { type Frame, type FrameColumn, type NumberColumn, refuseNotFinite } from '../frame.js';
import { MissingValuesError } from '../missing-values-error.js';
import { type Categories, isMissing } from './category-places.js';

/** Whether a missing value is among the categories. */
const knowsMissing = (categories: Categories): boolean =>
  categories.some((category) => category === null || Number.isNaN(category));

/** `at`: the position of the column whose `row` has no value; `known`: the categories of each column, of which one may be NaN. */
export function missingCategory(
  step: string,
  { columns, rows }: Frame,
  at: number,
  row: number,
  known: readonly Categories[] = [],
): MlctlError {
  const has = (column: FrameColumn): boolean => {
    for (let i = 0; i < rows; i++) if (isMissing(column, i)) return true;
    return false;
  };
  const missing = columns.filter((column, j) => !knowsMissing(known[j] ?? []) && has(column));
  return new MissingValuesError(
    step,
    missing.map(({ name }) => name),
    columns[at]!.name,
    row,
  );
}

/** No encoder takes an infinity, not even as an unknown category. */
export function refuseInfinities({ columns }: Frame, step: string): void {
  const numbers = columns.filter((column): column is NumberColumn => column.kind === 'number');
  refuseNotFinite(numbers, step, 'allowed');
}

export function unknownCategory(
  step: string,
  known: Categories,
  column: string,
  row: number,
  value: string | number,
  lenient: string,
): MlctlError {
  const some = known
    .slice(0, 5)
    .map((category) => JSON.stringify(category))
    .join(', ');
  const found = JSON.stringify(typeof value === 'string' ? value.slice(0, 100) : value);
  return new RowError(
    'DATA_INVALID',
    (where) =>
      `${step}: column "${column}", ${where}: found ${found}, which was not among the ${known.length} categories of the training data (${some}${known.length > 5 ? ', …' : ''})`,
    row,
    {
      hint: `correct the value, or train with ${step}: { ${lenient} }`,
      details: { column, found: value },
    },
  );
}
