// Turns a column into which of its values are missing, by an imputer's `missing_values`.
import { type Frame, type FrameColumn, type NumberColumn, refuseNotFinite } from '../frame.js';
import { MissingValuesError } from '../missing-values-error.js';

/** NaN or null (None of Python): what has no value. Else a number or a text that stands for it. */
export type MissingValue = number | string | null;

const isNothing = (missing: MissingValue): boolean => missing === null || Number.isNaN(missing);

function isGap(column: FrameColumn, row: number, missing: MissingValue): boolean {
  if (column.kind === 'number')
    return isNothing(missing) ? Number.isNaN(column.values[row]) : column.values[row] === missing;
  const isNull = column.nulls?.[row] === 1;
  return isNothing(missing) ? isNull : !isNull && column.values[row] === missing;
}

/** [features][rows]: 1 for a missing value. Infinities are refused, and so is what has no value if something else stands for it. */
export function missingMask({ rows, columns }: Frame, missing: MissingValue, step: string): Uint8Array[] {
  const numbers = columns.filter((column): column is NumberColumn => column.kind === 'number');
  refuseNotFinite(numbers, step, isNothing(missing) ? 'allowed' : 'refused');
  return columns.map((column) => {
    if (column.kind === 'text' && column.nulls && !isNothing(missing)) {
      const row = column.nulls.indexOf(1);
      if (row >= 0) throw new MissingValuesError(step, [column.name], column.name, row);
    }
    const mask = new Uint8Array(rows);
    for (let i = 0; i < rows; i++) if (isGap(column, i, missing)) mask[i] = 1;
    return mask;
  });
}
