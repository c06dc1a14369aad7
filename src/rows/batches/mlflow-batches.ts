// CSV and NDJSON by MLflow's own verdict, which pandas gives to a file as a whole: all of it is read first.
import { MlctlError } from '../../errors/error.js';
import { castDocument } from '../../schema/cast.js';
import type { Signature } from '../../schema/types.js';
import { MOST_WHOLE_BYTES, type RowBatches, wholeBatches } from './row-batches.js';

export function mlflowBatches(
  chunks: AsyncIterable<Uint8Array>,
  format: 'csv' | 'ndjson',
  signature: Signature,
): RowBatches {
  return wholeBatches(async () => {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (size > MOST_WHOLE_BYTES) {
        throw new MlctlError(
          'DATA_INVALID',
          `The input is larger than ${MOST_WHOLE_BYTES} bytes (512 MiB), and --schema mlflow reads it whole`,
          {
            hint: 'Use --schema strict, which streams, or send the rows in parts.',
          },
        );
      }
      parts.push(chunk);
    }
    const bytes = Buffer.concat(parts);
    if (format === 'csv') return castDocument(bytes, 'csv', signature, 'mlflow');
    // MLflow has no NDJSON: the lines are the records of one request.
    const lines = bytes.toString('utf8').split('\n');
    const records = lines.filter((line) => line.trim() !== '').join(',');
    return castDocument(`{"dataframe_records":[${records}]}`, 'json', signature, 'mlflow');
  });
}
