// Says how much of an input is cast at a time, so that memory grows neither with the rows nor with what one of them holds.
import { MlctlError } from '../errors/error.js';
import type { Signature } from './types.js';

const MOST_ROWS = 16_384;
/** Each takes eight bytes or more, whether a row has a value for it or not. */
const MOST_CELLS = 4_000_000;

/** Bytes of text: as values they take many times as much. A longer row is a batch of its own. */
export const BATCH_BYTES = 4 * 1024 * 1024;

export function batchRows({ inputs }: Signature): number {
  const columns = inputs?.kind === 'columns' ? inputs.columns.length : 1;
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / Math.max(1, columns))));
}

/** Rows that leave most of their columns out are short text, and a table of many cells. */
const MOST_TABLE_CELLS = 50_000_000;

/** Before a whole input is laid out as a table. Throws DATA_INVALID. */
export function refuseLargeTable(rows: number, columns: number): void {
  if (rows * columns > MOST_TABLE_CELLS)
    throw new MlctlError(
      'DATA_INVALID',
      `the input has ${rows} rows for ${columns} columns; a table read at once has at most ${MOST_TABLE_CELLS} cells`,
      { hint: 'send the rows in parts, or as NDJSON, CSV or Parquet with --schema strict, which are read in parts' },
    );
}
