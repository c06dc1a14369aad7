// The caster's answer: one typed table, and whatever is wrong or odd about the input.
import type { KeptCells } from '../data/kept-cells.js';
import type { Table } from '../data/table.js';
import type { FindingGroup } from './finding-group.js';
import type { SchemaFinding } from './types.js';

/** `strict`: contract §6. `mlflow`: exactly Python MLflow's verdict and values. */
export type EnforcementMode = 'strict' | 'mlflow';

export type CastResult =
  | {
      readonly ok: true;
      /** Columns in signature order; optional columns that the data does not have are left out (inference fills NaN or ''). */
      readonly table: Table;
      /** Values for the params of the signature, defaults filled in; null if the signature has none. */
      readonly params: ReadonlyMap<string, unknown> | null;
      /** As long as the table, if columns were to be kept. */
      readonly kept?: readonly KeptCells[];
      /** Accepted, but worth a warning. */
      readonly warnings: readonly string[];
    }
  | {
      readonly ok: false;
      /** At most 20; `total` counts all. */
      readonly findings: readonly SchemaFinding[];
      /** The same, counted by kind and column; MLflow's own verdict has none. */
      readonly groups?: readonly FindingGroup[];
      readonly total: number;
    };

/** A row that a streaming caster refused. */
export interface RejectedRow {
  /** 0-based among the data rows of the input. */
  readonly row: number;
  /** Of the file, from 1, if it has lines. */
  readonly line?: number;
  readonly reasons: readonly string[];
  /** The row as it was written. */
  readonly original: string;
}

/**
 * Rows of a stream. `table` has the columns of the signature that the data has, in signature order, and only the rows
 * that passed: `rowsRead` minus `rejected.length` of them. Optional columns that the data does not have are left out.
 */
export interface CastBatch {
  readonly firstRow: number;
  readonly rowsRead: number;
  readonly table: Table;
  /** As long as the table. */
  readonly kept: readonly KeptCells[];
  readonly rejected: readonly RejectedRow[];
}
