// Turns rows of plain numbers (no missing values) into text in one tight loop; any other table goes cell by cell.
import type { Table } from '../table.js';
import type { RowBytes } from './row-bytes.js';
import { MOST_DOUBLE_BYTES, writeDouble } from './write-double.js';

const DOUBLE = 0;
const INTEGER = 1;
const LONG = 2;

/**
 * Each row is `prefixes[0]` cell `prefixes[1]` cell … `suffix`. Writes nothing and returns false if a column is not numeric or
 * has missing values; `quoteWords` puts NaN and infinities in quotes.
 */
export function writeNumericRows(
  table: Table,
  out: RowBytes,
  prefixes: readonly Buffer[],
  suffix: Buffer,
  quoteWords: boolean,
): boolean {
  const kinds: number[] = [];
  const doubles: Float64Array[] = [];
  const integers: Int32Array[] = [];
  const longs: (BigInt64Array | undefined)[] = [];
  for (const { type, values, nulls } of table.columns) {
    const kind = type === 'double' ? DOUBLE : type === 'integer' ? INTEGER : type === 'long' ? LONG : -1;
    if (kind < 0 || nulls !== undefined) return false;
    kinds.push(kind);
    doubles.push(type === 'double' ? values : NO_DOUBLES);
    longs.push(type === 'long' ? values : undefined);
    // The two halves of a long, low first.
    integers.push(
      type === 'long'
        ? new Int32Array(values.buffer, values.byteOffset, values.length * 2)
        : type === 'integer'
          ? values
          : NO_INTEGERS,
    );
  }
  const width = kinds.length;
  const rowBytes = prefixes.reduce((sum, prefix) => sum + prefix.length + MOST_DOUBLE_BYTES, suffix.length);
  const single = prefixes.every(({ length }) => length <= 1);
  for (let from = 0; from < table.rows; from += 1024) {
    const to = Math.min(table.rows, from + 1024);
    out.reserve((to - from) * rowBytes);
    const { bytes } = out;
    let at = out.at;
    for (let row = from; row < to; row++) {
      for (let c = 0; c < width; c++) {
        const prefix = prefixes[c]!;
        if (!single) for (let i = 0; i < prefix.length; i++) bytes[at++] = prefix[i]!;
        else if (c > 0) bytes[at++] = prefix[0]!;
        const kind = kinds[c]!;
        if (kind === DOUBLE) {
          const value = doubles[c]![row]!;
          if (quoteWords && value - value !== 0) at += bytes.write(`"${value}"`, at, 'latin1');
          else at = writeDouble(value, bytes, at);
          continue;
        }
        const halves = integers[c]!;
        const low = kind === LONG ? halves[row * 2]! : halves[row]!;
        if (kind === LONG && halves[row * 2 + 1] !== low >> 31) at += bytes.write(String(longs[c]![row]), at, 'latin1');
        else if (low >= 0 && low < 10) bytes[at++] = 48 + low;
        else at += bytes.write(String(low), at, 'latin1');
      }
      for (let i = 0; i < suffix.length; i++) bytes[at++] = suffix[i]!;
    }
    out.at = at;
  }
  return true;
}

const NO_DOUBLES = new Float64Array();
const NO_INTEGERS = new Int32Array();
