// Turns rows of plain numbers into text in one tight loop.
import type { NumericPlan } from './numeric-plan.js';
import { SPARE_BYTES } from './numeric-plan.js';
import type { RowBytes } from './row-bytes.js';
import { writeAscii } from './write-ascii.js';
import { writeDouble } from './write-double.js';
import { writeFloat } from './write-float.js';
import { writeInteger } from './write-integer.js';

/** So many rows at once have room before they are written. */
const ROWS_AT_ONCE = 1024;

/** Writes all rows. */
export function writeNumericRows(plan: NumericPlan, out: RowBytes): void {
  for (let from = 0; from < plan.rows; from += ROWS_AT_ONCE) {
    const to = Math.min(plan.rows, from + ROWS_AT_ONCE);
    out.reserve((to - from) * plan.rowBytes + SPARE_BYTES);
    out.at = writeRowsBetween(plan, from, to, out.view, out.at);
  }
}

/** Writes the rows `from` to `to` at `start` and returns the end. */
export function writeRowsBetween(plan: NumericPlan, from: number, to: number, view: DataView, start: number): number {
  const { columns, between, lengths, quoteWords } = plan;
  const width = columns.length;
  let at = start;
  for (let row = from; row < to; row++) {
    for (let c = 0; c <= width; c++) {
      const words = between[c]!;
      for (let i = 0; i < words.length; i++) view.setUint32(at + 4 * i, words[i]!);
      at += lengths[c]!;
      if (c === width) break;
      const column = columns[c]!;
      if (column.kind === 'double') {
        const { values } = column;
        if (quoteWords && values[row]! - values[row]! !== 0) at = writeAscii(`"${values[row]}"`, view, at);
        else at = writeDouble(values, row, view, at);
      } else if (column.kind === 'float') {
        const { values } = column;
        if (quoteWords && values[row]! - values[row]! !== 0) at = writeAscii(`"${values[row]}"`, view, at);
        else at = writeFloat(values, row, view, at);
      } else if (column.kind === 'integer') at = writeInteger(column.values[row]!, view, at);
      else {
        const low = column.halves[row * 2]!;
        if (column.halves[row * 2 + 1] === low >> 31) at = writeInteger(low, view, at);
        else at = writeAscii(String(column.values[row]), view, at);
      }
    }
  }
  return at;
}
