// Turns the beginning of refused CSV into the format or the dialect that it looks like. Nothing is ever read by such a guess.
import { adviseDialect } from '../data/csv/advise-dialect.js';
import type { Dialect } from '../data/csv/dialect.js';

/** How much of the input is looked at. */
const MOST_BYTES = 64 * 1024;

/** What refused CSV looks like, and the flags that would read it; null if it looks as `dialect` says. The bytes are decoded. */
export const adviseCsv = (bytes: Uint8Array, dialect: Dialect): string | null =>
  adviseFormat(bytes) ?? adviseDialect(bytes, { ...dialect, encoding: 'utf-8' });

/** `this looks like NDJSON: add --input-format ndjson`; null if it may be CSV. */
function adviseFormat(bytes: Uint8Array): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST_BYTES));
  const head = start.subarray(0, 4).toString('latin1');
  if (head === 'PAR1') return 'this is Parquet: add --input-format parquet';
  if (head.startsWith('PK\x03\x04') || head === '\xd0\xcf\x11\xe0')
    return 'this looks like a workbook or an archive: save the table as CSV';
  const first = start.toString('utf8').trimStart();
  if (!first.startsWith('{') && !first.startsWith('[')) return null;
  const line = first.split('\n', 1)[0] ?? '';
  if (first.startsWith('['))
    return isJson(line) || !line.includes(',') ? 'this is JSON: add --input-format json' : null;
  const single =
    isJson(line) && first.slice(line.length).trim() === '' && /"(?:dataframe_|inputs|instances)/.test(line);
  return `this looks like ${isJson(line) && !single ? 'NDJSON: add --input-format ndjson' : 'JSON: add --input-format json'}`;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
