// Turns a CSV file into the lines that its rows begin in.
import { breaksIn } from './breaks-in.js';
import { CsvScanner } from './csv-scanner.js';
import type { Dialect } from './dialect.js';

const LF = 10;
const CR = 13;

/** Row `rows[i]`, and those after it, begin `more[i]` lines later than one line a row after the header would give. */
export interface RowLines {
  readonly rows: readonly number[];
  readonly more: readonly number[];
}

/** Usually each row is one line, which counting the line breaks shows; else the rows are scanned again. */
export function rowLines(bytes: Uint8Array, rows: number, dialect: Dialect): RowLines {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const last = whole.at(-1);
  const ended = last === LF || last === CR ? 1 : 0;
  return breaksIn(whole, 0, whole.length) === rows + ended ? { rows: [], more: [] } : scanned(whole, dialect);
}

export function lineOf({ rows, more }: RowLines, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]! <= row) low = middle + 1;
    else high = middle;
  }
  return row + 2 + (low === 0 ? 0 : more[low - 1]!);
}

function scanned(bytes: Buffer, { delimiter, quote }: Dialect): RowLines {
  const scanner = new CsvScanner(delimiter, quote);
  scanner.feed(bytes);
  scanner.last = true;
  const rows: number[] = [];
  const more: number[] = [];
  let line = 1;
  let from = 0;
  let extra = 0;
  for (let row = -1; scanner.next() === 'record'; ) {
    const { recordStart, recordEnd } = scanner;
    line += breaksIn(bytes, from, recordStart);
    from = recordStart;
    if (recordStart === recordEnd) continue;
    const here = line - (row + 2);
    if (row >= 0 && here !== extra) {
      rows.push(row);
      more.push(here);
      extra = here;
    }
    row++;
  }
  return { rows, more };
}
