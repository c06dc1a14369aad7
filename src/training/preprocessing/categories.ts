// Turns a column into its categories, sorted as scikit-learn sorts: numbers by value, text by code point.
import { MlctlError } from '../../errors/error.js';
import type { FrameColumn } from '../../estimators/frame.js';
import { isMissing } from '../../estimators/preprocessing/category-places.js';
import { compareCodePoints } from '../compare-code-points.js';

/** `missing` makes the error for a row without a value; null: the missing value is the last category, NaN. */
export function categoriesOf(
  column: FrameColumn,
  step: string,
  missing: ((row: number) => MlctlError) | null,
  most = Number.POSITIVE_INFINITY,
): (string | number)[] {
  const found = new Set<string | number>();
  let gaps = false;
  for (let i = 0; i < column.values.length; i++) {
    if (isMissing(column, i)) {
      if (missing) throw missing(i);
      gaps = true;
      continue;
    }
    found.add(column.values[i]!);
    if (found.size > most)
      throw new MlctlError('DATA_INVALID', `${step}: column "${column.name}" has more than ${most} categories`, {
        hint: `a name for each row is not a category; leave the column out with data: { drop: [${JSON.stringify(column.name)}] }`,
      });
  }
  const sorted: (string | number)[] =
    column.kind === 'text'
      ? ([...found] as string[]).sort(compareCodePoints)
      : ([...found] as number[]).sort((a, b) => a - b);
  return gaps ? [...sorted, Number.NaN] : sorted;
}
