// Limits how much of an input is cast at a time, so that memory grows neither with the number of rows nor with the size of one.
import { MlctlError } from '../errors/error.js';
import type { Signature } from './types.js';

const MOST_ROWS = 16_384;
/** Each takes eight bytes or more, even if a row has no value for it. */
const MOST_CELLS = 4_000_000;

/** Bytes of text; as values they take many times as much. A longer row is a batch of its own. */
export const BATCH_BYTES = 4 * 1024 * 1024;

export function batchRows({ inputs }: Signature): number {
  const columns = inputs?.kind === 'columns' ? inputs.columns.length : 1;
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, columns))));
}

/** Rows that leave out most of their columns are short as text, but have many cells as a table. */
const MOST_TABLE_CELLS = 50_000_000;

/** Called before a whole input is laid out as a table. Throws DATA_INVALID. */
export function refuseLargeTable(rows: number, columns: number): void {
  if (rows * columns > MOST_TABLE_CELLS)
    throw new MlctlError(
      'DATA_INVALID',
      `the input has ${rows} rows for ${columns} columns; a table read at once has at most ${MOST_TABLE_CELLS} cells`,
      { hint: 'send the rows in parts, or as NDJSON, CSV or Parquet with --schema strict, which are read in parts' },
    );
}
