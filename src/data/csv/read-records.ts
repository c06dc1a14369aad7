// Turns CSV bytes into records of text, by csv-parse, for training, with the same grammar as the scanner that predict uses.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { MlctlError } from '../../errors/error.js';
import { rowName } from '../../errors/row-name.js';
import { plural } from '../../text/numbers.js';
import type { OnPart } from '../training-table.js';
import { adviseDialect } from './advise-dialect.js';
import { breaksIn } from './breaks-in.js';
import { CsvScanner } from './csv-scanner.js';
import type { Dialect } from './dialect.js';

const GRAMMAR = { bom: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] };
const HINT = 'write one header line, and the same number of cells in every line';
/** How much is parsed before the records are handed on. */
const PIECE = 64 * 1024;

export interface CsvSource {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly name: string;
  /** Its encoding does not matter here: the bytes are UTF-8. */
  readonly dialect: Dialect;
  readonly onPart?: OnPart | undefined;
}

/**
 * The header is the first record, and all records have its width. `take` must not throw. DATA_INVALID names the row and line of a
 * fault.
 */
export async function readRecords(source: CsvSource, take: (record: readonly string[]) => void): Promise<void> {
  const { delimiter, quote } = source.dialect;
  const parser = parse({ ...GRAMMAR, delimiter, quote, escape: quote });
  parser.on('data', take);
  await pipeline(Readable.from(checked(source), { objectMode: false }), parser);
}

/**
 * The pieces of the file, each after the scanner of predict has read it. It keeps to the limits that csv-parse does not have, and
 * says what is wrong, and where, in the same words as in predict: csv-parse does not know where a record begins.
 */
async function* checked({ bytes, name, dialect, onPart }: CsvSource): AsyncGenerator<Buffer> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const scanner = new CsvScanner(dialect.delimiter, dialect.quote);
  let width: number | null = null;
  let row = -1;
  for (let at = 0; at < whole.length; at += PIECE) {
    const piece = whole.subarray(at, at + PIECE);
    const end = at + piece.length;
    scanner.feed(piece);
    scanner.last = end === whole.length;
    try {
      if (at === 0) scanner.skipBom();
      while (scanner.next() === 'record') {
        const { fields, malformed, recordStart, recordEnd } = scanner;
        if (recordStart === recordEnd) continue;
        width ??= fields;
        const cells = `found ${plural(fields, 'cell')}, expected ${width} as in the header`;
        const fault = malformed ?? (fields === width ? null : cells);
        if (fault !== null)
          throw new MlctlError('DATA_INVALID', fault, {
            hint: adviseDialect(bytes, { ...dialect, encoding: 'utf-8' }) ?? HINT,
          });
        row++;
      }
    } catch (error) {
      if (!(error instanceof MlctlError)) throw error;
      const line = 1 + breaksIn(bytes, 0, end - (scanner.end - scanner.recordStart));
      const where = row < 0 ? `the header (line ${line})` : rowName(row, line);
      const message = `${name}: ${where}: ${error.message}`;
      throw error.saying(message, { details: row < 0 ? { line } : { row, line } });
    }
    yield piece;
    await onPart?.(end / whole.length);
  }
}
