// A table to train on, with what is known of the file that it came from.
import type { RowLines } from './csv/row-lines.js';
import type { Table } from './table.js';

/** Awaited now and then with the share that was read, so that others can get a turn; what it throws ends the reading. */
export type OnPart = (share: number) => Promise<void>;

export interface TrainingTable extends Table {
  /** Columns of the file that are not in the table. */
  readonly left?: readonly string[];
  /** What a person should know about that. */
  readonly notes?: readonly string[];
  /** Where the rows are in the file, if it has lines. */
  readonly lines?: RowLines;
}
