// Turns a whole Parquet file into rows cast as MLflow would.
import { sourceOfBytes } from '../../data/parquet/byte-source.js';
import { readArrowTable } from '../../data/parquet/read-arrow-table.js';
import { castMlflowParquet } from '../../schema/cast-mlflow.js';
import type { CastResult } from '../../schema/cast-types.js';
import type { Signature } from '../../schema/types.js';
import { inputName } from '../open-input.js';
import type { RowSource } from './whole-batches.js';

export async function castMlflowParquetFile(
  bytes: Uint8Array,
  signature: Signature,
  { path, signal }: RowSource,
  mostBytes: number,
): Promise<CastResult> {
  return castMlflowParquet(
    await readArrowTable(sourceOfBytes(bytes), inputName(path), { mostBytes, signal }),
    signature,
  );
}
