// Turns a table of plain numbers (no missing values) into what is needed to write any of its rows: plain data, which threads can
// share.
import type { Table } from '../table.js';
import { MOST_DOUBLE_BYTES } from './write-double.js';

export type NumericColumn =
  | { readonly kind: 'double'; readonly values: Float64Array }
  | { readonly kind: 'float'; readonly values: Float32Array }
  | { readonly kind: 'integer'; readonly values: Int32Array }
  /** `halves`: the same numbers as halves, the low one first. */
  | { readonly kind: 'long'; readonly values: BigInt64Array; readonly halves: Int32Array };

/** What stands around the cells of a row: `between[0]` cell `between[1]` cell … and the last of `between`. */
export interface RowTexts {
  /** Four bytes in a word, the last word filled up with zeros. */
  readonly between: readonly Uint32Array[];
  /** In bytes. */
  readonly lengths: readonly number[];
}

export interface NumericPlan extends RowTexts {
  readonly rows: number;
  readonly columns: readonly NumericColumn[];
  /** NaN and infinities stand in quotes. */
  readonly quoteWords: boolean;
  /** A row takes at most so many. */
  readonly rowBytes: number;
}

/** What is written beyond the end of the last row. */
export const SPARE_BYTES = 4;

/** One text before each cell, and one after the last. */
export function rowTexts(prefixes: readonly (Buffer | string)[], suffix: Buffer | string): RowTexts {
  const texts = [...prefixes, suffix].map((text) => Buffer.from(text));
  return { between: texts.map(wordsOf), lengths: texts.map(({ length }) => length) };
}

/** Null if a column is not numeric or has missing values. */
export function numericPlan(table: Table, texts: RowTexts, quoteWords: boolean): NumericPlan | null {
  const columns: NumericColumn[] = [];
  for (const { type, values, nulls } of table.columns) {
    if (nulls !== undefined) return null;
    if (type === 'double') columns.push({ kind: type, values });
    else if (type === 'float') columns.push({ kind: type, values });
    else if (type === 'integer') columns.push({ kind: type, values });
    else if (type === 'long') columns.push({ kind: type, values, halves: halvesOf(values) });
    else return null;
  }
  const { between, lengths } = texts;
  const rowBytes = lengths.reduce((sum, length) => sum + length, MOST_DOUBLE_BYTES * columns.length);
  return { rows: table.rows, columns, between, lengths, quoteWords, rowBytes };
}

export const halvesOf = ({ buffer, byteOffset, length }: BigInt64Array): Int32Array =>
  new Int32Array(buffer, byteOffset, length * 2);

function wordsOf(text: Buffer): Uint32Array {
  const padded = Buffer.alloc(Math.ceil(text.length / 4) * 4);
  text.copy(padded);
  return Uint32Array.from({ length: padded.length / 4 }, (_, i) => padded.readUInt32BE(4 * i));
}
