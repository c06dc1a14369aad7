// Turns CSV bytes into records of text, by csv-parse, for training, with the same grammar as the scanner that predict uses.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { MlctlError } from '../../errors/error.js';
import { CsvScanner } from './csv-scanner.js';

const GRAMMAR = { bom: true, skip_empty_lines: true, record_delimiter: ['\r\n', '\n', '\r'] };
/** How much is parsed before the records are handed on. */
const PIECE = 64 * 1024;

const LF = 10;
const CR = 13;

export interface CsvSource {
  readonly bytes: Uint8Array;
  /** For messages. */
  readonly name: string;
  /** The separator between two cells. */
  readonly delimiter: string;
}

/**
 * The header is the first record, and all records have its width. `take` must not throw. DATA_INVALID names the row and line of a
 * fault.
 */
export async function readRecords(source: CsvSource, take: (record: readonly string[]) => void): Promise<void> {
  const parser = parse({ ...GRAMMAR, delimiter: source.delimiter });
  parser.on('data', take);
  try {
    await pipeline(Readable.from(piecesOf(source.bytes), { objectMode: false }), parser);
  } catch (error) {
    throw error instanceof CsvError ? broken(source, error) : error;
  }
}

function* piecesOf(bytes: Uint8Array): Generator<Buffer> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < whole.length; at += PIECE) yield whole.subarray(at, at + PIECE);
}

/** The scanner says what is wrong and where, in the same words as in predict; csv-parse does not know where a record begins. */
function broken({ bytes, name, delimiter }: CsvSource, cause: CsvError): MlctlError {
  const scanner = new CsvScanner(delimiter);
  scanner.feed(bytes);
  scanner.last = true;
  let width: number | null = null;
  let row = -1;
  let fault: string | null = null;
  while (fault === null && scanner.next() === 'record') {
    const { fields, malformed, recordStart, recordEnd } = scanner;
    if (recordStart === recordEnd) continue;
    if (malformed !== null) fault = malformed;
    else if (width !== null && fields !== width)
      fault = `found ${fields} cell${fields === 1 ? '' : 's'}, expected ${width} as in the header`;
    else row++;
    width ??= fields;
  }
  const line = fault === null ? cause['lines'] : 1 + breaksBefore(bytes, scanner.recordStart);
  const where = row < 0 ? 'the header' : `row ${row}`;
  return new MlctlError('DATA_INVALID', `${name}: ${where} (line ${line}): ${fault ?? cause.message}`, {
    hint: 'write CSV with commas, one header line, and the same number of cells in every line',
    details: row < 0 ? { line } : { row, line },
    cause,
  });
}

function breaksBefore(bytes: Uint8Array, end: number): number {
  let breaks = 0;
  for (let at = 0; at < end; at++) if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) breaks++;
  return breaks;
}
