// Reads a CSV body as the scoring server does.
import type { DataFrame } from '../python-value.js';
import type { Schema } from '../types.js';
import { PyFailure } from './failure.js';

export function readCsv(_body: Uint8Array, _schema: Schema | null): DataFrame {
  throw new PyFailure('MlflowException', 'Failed to parse input as a Pandas DataFrame.', { tmpl: 'csv_parse' });
}
