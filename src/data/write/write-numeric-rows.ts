// Turns rows of plain numbers (no missing values) into text in one tight loop; any other table goes cell by cell.
import type { Table } from '../table.js';
import type { RowBytes } from './row-bytes.js';
import { MOST_DOUBLE_BYTES, writeDouble } from './write-double.js';
import { writeInteger } from './write-integer.js';

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
  const between = [...prefixes, suffix].map(wordsOf);
  const lengths = [...prefixes, suffix].map(({ length }) => length);
  const rowBytes = lengths.reduce((sum, length) => sum + length, MOST_DOUBLE_BYTES * width);
  for (let from = 0; from < table.rows; from += 1024) {
    const to = Math.min(table.rows, from + 1024);
    out.reserve((to - from) * rowBytes + WORD);
    const { bytes, view } = out;
    let at = out.at;
    for (let row = from; row < to; row++) {
      for (let c = 0; c <= width; c++) {
        const words = between[c]!;
        for (let i = 0; i < words.length; i++) view.setUint32(at + WORD * i, words[i]!);
        at += lengths[c]!;
        if (c === width) break;
        const kind = kinds[c]!;
        if (kind === DOUBLE) {
          const values = doubles[c]!;
          if (quoteWords && values[row]! - values[row]! !== 0) at += bytes.write(`"${values[row]}"`, at, 'latin1');
          else at = writeDouble(values, row, view, at);
          continue;
        }
        const halves = integers[c]!;
        const low = kind === LONG ? halves[row * 2]! : halves[row]!;
        if (kind === LONG && halves[row * 2 + 1] !== low >> 31) at += bytes.write(String(longs[c]![row]), at, 'latin1');
        else at = writeInteger(low, view, at);
      }
    }
    out.at = at;
  }
  return true;
}

const NO_DOUBLES = new Float64Array();
const NO_INTEGERS = new Int32Array();
const WORD = 4;

/** Four bytes at once; the zeros of the last word are written over by what comes next. */
function wordsOf(text: Buffer): Uint32Array {
  const padded = Buffer.alloc(Math.ceil(text.length / WORD) * WORD);
  text.copy(padded);
  return Uint32Array.from({ length: padded.length / WORD }, (_, i) => padded.readUInt32BE(WORD * i));
}
