// The rows of an input of any format, cast by a signature.
import { resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import type { EnforcementMode } from '../schema/cast-types.js';
import type { Signature } from '../schema/types.js';
import type { World } from '../world.js';
import { mlflowBatches } from './batches/mlflow-batches.js';
import { BATCH_ROWS, type InputFormat, type RowBatches } from './batches/row-batches.js';
import { chunksOf, wholeOf } from './open-input.js';
import type { InputStream } from './streams.js';

/** One JSON document (contract §7). */
const MOST_JSON_BYTES = 64 * 1024 * 1024;

export async function openRows(
  world: World,
  input: string,
  format: InputFormat,
  signature: Signature,
  mode: EnforcementMode,
  stdin: InputStream,
): Promise<RowBatches> {
  if (signature.inputs === null && format !== 'json') {
    throw new MlctlError(
      'SIGNATURE_MISSING',
      `The model has no input signature, so ${format} has no types to be read by`,
      {
        hint: 'Send one JSON document, whose values say what they are, or log the model with a signature.',
      },
    );
  }
  const path = input === '-' ? '-' : resolve(world.cwd, input);
  switch (format) {
    case 'csv': {
      const { csvBatches } = await import('./batches/csv-batches.js');
      const chunks = chunksOf(path, stdin, world.signal, mode === 'strict');
      return mode === 'strict' ? csvBatches(chunks, signature, BATCH_ROWS) : mlflowBatches(chunks, 'csv', signature);
    }
    case 'ndjson': {
      const { ndjsonBatches } = await import('./batches/ndjson-batches.js');
      const chunks = chunksOf(path, stdin, world.signal);
      return mode === 'strict'
        ? ndjsonBatches(chunks, signature, BATCH_ROWS)
        : mlflowBatches(chunks, 'ndjson', signature);
    }
    case 'json': {
      const { jsonBatches } = await import('./batches/json-batches.js');
      return jsonBatches(() => wholeOf(path, stdin, world.signal, MOST_JSON_BYTES), signature, mode);
    }
    case 'parquet': {
      const { parquetBatches } = await import('./batches/parquet-batches.js');
      return parquetBatches(path, stdin, signature, mode, world.signal);
    }
  }
}
