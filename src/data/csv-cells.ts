// CSV bytes to where each cell stands (RFC 4180 with any delimiter; quotes, CRLF, byte order mark), row by row of equal width.
import { MlctlError } from '../errors/error.js';

/** Cells in reading order; cell c of line r is at index r · width + c. Line 0 is the header. */
export interface CsvCells {
  readonly bytes: Buffer;
  readonly width: number;
  /** Lines with cells, the header among them. */
  readonly lines: number;
  readonly starts: Int32Array;
  /** End of each cell; −1 − end where doubled quotes must be halved. */
  readonly ends: Int32Array;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** Lines of nothing but blanks are skipped, as pandas does. Ragged lines and stray quotes are refused with their place. */
export function csvCells(input: Uint8Array, name: string, separator = ','): CsvCells {
  const delimiter = separator.charCodeAt(0);
  if (input.length > 0x7fffffff)
    throw new MlctlError('DATA_INVALID', `${name} has ${input.length} bytes; CSV to train on may have at most 2 GiB`, {
      hint: 'convert it to Parquet',
    });
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.length);
  let starts = new Int32Array(1024);
  let ends = new Int32Array(1024);
  let cells = 0;
  let width = 0;
  let lines = 0;
  let line = 1; // of the file, for messages
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;

  while (at < bytes.length) {
    const firstLine = line;
    const blankTo = skipBlank(bytes, at, delimiter);
    if (blankTo >= bytes.length || bytes[blankTo] === LF || bytes[blankTo] === CR) {
      at = afterBreak(bytes, blankTo);
      line++;
      continue;
    }
    const first = cells;
    for (;;) {
      if (cells === starts.length) {
        starts = grown(starts);
        ends = grown(ends);
      }
      let end: number;
      if (bytes[at] === QUOTE) {
        const quote = closingQuote(bytes, at + 1);
        if (quote.at < 0) throw broken(name, lines, firstLine, 'a quoted cell is never closed');
        line += quote.breaks;
        starts[cells] = at + 1;
        ends[cells] = quote.doubled ? -1 - quote.at : quote.at;
        end = quote.at + 1;
        const next = bytes[end];
        if (end < bytes.length && next !== delimiter && next !== LF && next !== CR)
          throw broken(name, lines, firstLine, 'text stands behind a closing quote');
      } else {
        end = at;
        for (; end < bytes.length; end++) {
          const byte = bytes[end]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
        }
        starts[cells] = at;
        ends[cells] = end;
      }
      cells++;
      at = end + 1;
      if (bytes[end] !== delimiter) {
        at = afterBreak(bytes, end);
        break;
      }
      // a delimiter at the very end of the file opens one more, empty cell
      if (at >= bytes.length) {
        if (cells === starts.length) {
          starts = grown(starts);
          ends = grown(ends);
        }
        starts[cells] = at;
        ends[cells++] = at;
        break;
      }
    }
    line++;
    const found = cells - first;
    if (lines === 0) width = found;
    else if (found !== width)
      throw broken(
        name,
        lines,
        firstLine,
        `found ${found} cell${found === 1 ? '' : 's'}, expected ${width} as in the header`,
      );
    lines++;
  }
  return { bytes, width, lines, starts, ends };
}

/** The text of a cell. */
export function cellText({ bytes, starts, ends }: CsvCells, cell: number): string {
  const end = ends[cell]!;
  if (end >= 0) return bytes.toString('utf8', starts[cell]!, end);
  return bytes.toString('utf8', starts[cell]!, -1 - end).replaceAll('""', '"');
}

function skipBlank(bytes: Buffer, from: number, delimiter: number): number {
  let at = from;
  while ((bytes[at] === 32 || bytes[at] === 9) && bytes[at] !== delimiter) at++;
  return at;
}

function afterBreak(bytes: Buffer, at: number): number {
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
}

function closingQuote(bytes: Buffer, from: number): { at: number; doubled: boolean; breaks: number } {
  let doubled = false;
  let breaks = 0;
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === LF) breaks++;
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return { at, doubled, breaks };
    doubled = true;
    at++;
  }
  return { at: -1, doubled, breaks };
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const made = new Int32Array(array.length * 2);
  made.set(array);
  return made;
}

function broken(name: string, lines: number, line: number, message: string): MlctlError {
  const where = lines === 0 ? 'the header' : `row ${lines - 1}`;
  return new MlctlError('DATA_INVALID', `${name}: ${where} (line ${line}): ${message}`, {
    hint: 'the data must be CSV with commas, one header line, and the same number of cells in every line',
    details: lines === 0 ? { line } : { row: lines - 1, line },
  });
}
