// What predict and validate read from: batches of cast rows, and what is wrong with the input as a whole.
import type { CastBatch } from '../../schema/cast-types.js';
import type { SchemaFinding } from '../../schema/types.js';

export interface RowBatches {
  readonly batches: AsyncIterable<CastBatch>;
  /** Everything found so far: at most 20 kept, `total` counts all. */
  readonly findings: { readonly kept: readonly SchemaFinding[]; readonly total: number };
  /** Something is wrong that no skipping of rows can mend: the header, the form, a file cut short. */
  fatal(): boolean;
  warnings(): readonly string[];
  /** Params inside the input (JSON documents only). */
  params(): ReadonlyMap<string, unknown> | null;
}

export type InputFormat = 'csv' | 'json' | 'ndjson' | 'parquet';

/** Rows cast and predicted at a time. */
export const BATCH_ROWS = 16_384;
