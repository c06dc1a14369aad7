// What turns tables, batch by batch, into the bytes of an answer.
import type { KeptCells } from '../kept-cells.js';
import type { Table } from '../table.js';

/** The bytes are valid until the call after the next: a stream that keeps them must copy them. */
export interface RowWriter {
  /**
   * `kept`: columns before those of the table, as long as it. What is given back may end with the rows of an earlier call, because
   * another thread writes the last ones.
   */
  rows(table: Table, kept?: readonly KeptCells[]): Buffer;
  /** All rows that were not given back yet. */
  rest(): Buffer;
  /** The end of the answer; without rows also its beginning. */
  end(): Buffer;
}
