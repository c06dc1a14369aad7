// Turns a frame into the columns that a tree compares: numbers as float32, to which scikit-learn casts X; missing values stay
// NaN.
import { RowError } from '../../errors/row-error.js';
import { type Frame, type NumberColumn, numericColumns } from '../frame.js';

/** Infinities are refused, as in scikit-learn, and so are numbers that float32 cannot hold. */
export function treeColumns(frame: Frame, step: string): Float32Array[] {
  return numericColumns(frame, step).map((column) => {
    const { values } = column;
    const made = values instanceof Float32Array ? values : new Float32Array(values);
    const row = made.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
    if (row >= 0) throw tooGreat(step, column, row);
    return made;
  });
}

export function tooGreat(step: string, { name, values }: NumberColumn, row: number): RowError {
  return new RowError('DATA_INVALID', (where) => `${step}: column "${name}" holds ${values[row]} in ${where}`, row, {
    hint: 'correct the data: a tree compares float32 numbers, up to 3.4e38',
    details: { column: name },
  });
}
