// Turns the beginning of an input that was refused into the flags that would read it. Nothing is ever read by such a guess.
import { isUtf8 } from 'node:buffer';
import type { Dialect } from './dialect.js';

/** How much of the input is looked at, and how many of its lines. */
const MOST_BYTES = 64 * 1024;
const MOST_LINES = 10;

const MARKS: readonly (readonly [string, string])[] = [
  [';', "';'"],
  ['\t', "'\\t'"],
  ['|', "'|'"],
  [',', "','"],
];

/**
 * `this looks like the separator ";" with decimal commas: add --delimiter ';' --decimal ','`; null if it looks like what
 * `dialect` says.
 */
export function adviseDialect(bytes: Uint8Array, dialect: Dialect): string | null {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MOST_BYTES));
  const encoding = dialect.encoding === 'utf-8' ? encodingOf(start) : null;
  const looks: string[] = [];
  const flags: string[] = encoding === null ? [] : [`--encoding ${encoding.name}`];
  const lines = linesOf(new TextDecoder(decoderName(encoding?.name ?? dialect.encoding)).decode(start), start.length);
  const quote = quoteOf(lines, dialect.quote);
  const mark = delimiterOf(lines, quote);
  const delimiter = mark?.[0] ?? dialect.delimiter;
  if (mark && mark[0] !== dialect.delimiter) {
    looks.push(`the separator ${JSON.stringify(mark[0])}`);
    flags.push(`--delimiter ${mark[1]}`);
  }
  if (dialect.decimal === '.' && hasDecimalCommas(lines, delimiter, quote)) {
    looks.push('decimal commas');
    flags.push("--decimal ','");
  }
  if (quote !== dialect.quote) {
    looks.push(quote === null ? 'quotes that mean nothing' : `the quote ${quote}`);
    flags.push(quote === null ? '--quote none' : `--quote "${quote}"`);
  }
  if (flags.length === 0) return null;
  const written = encoding === null ? '' : ` in ${encoding.title}`;
  const how = looks.length === 0 ? '' : ` with ${looks.join(' and ')}`;
  return `this looks like a file${written}${how}: add ${flags.join(' ')}`;
}

function encodingOf(start: Buffer): { readonly name: string; readonly title: string } | null {
  const marked = (start[0] === 0xff && start[1] === 0xfe) || (start[0] === 0xfe && start[1] === 0xff);
  if (marked) return { name: 'utf-16', title: 'UTF-16' };
  // In UTF-16 every second byte of ASCII text is zero.
  const pairs = Math.min(start.length >> 1, 64);
  let even = 0;
  let odd = 0;
  for (let i = 0; i < pairs; i++) {
    if (start[2 * i] === 0) even++;
    if (start[2 * i + 1] === 0) odd++;
  }
  if (odd > pairs / 2 && even === 0) return { name: 'utf-16le', title: 'UTF-16' };
  if (even > pairs / 2 && odd === 0) return { name: 'utf-16be', title: 'UTF-16' };
  return isUtf8(wholeLines(start)) ? null : { name: 'windows-1252', title: 'Windows-1252' };
}

/** A cut in the middle of a character is not a fault of the file. */
function wholeLines(start: Buffer): Buffer {
  const end = start.length < MOST_BYTES ? start.length : start.lastIndexOf(10);
  return end < 0 ? start : start.subarray(0, end);
}

const decoderName = (encoding: string): string => (encoding === 'latin1' ? 'windows-1252' : encoding);

function linesOf(text: string, bytes: number): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (bytes >= MOST_BYTES) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, MOST_LINES);
}

/** The mark that cuts all lines into the same number of cells, at least two; of several, the one that makes most cells. */
function delimiterOf(lines: readonly string[], quote: string | null): readonly [string, string] | null {
  let best: readonly [string, string] | null = null;
  let most = 1;
  for (const mark of MARKS) {
    const counts = lines.map((line) => cellsOf(line, mark[0], quote).length);
    if (counts[0]! > most && counts.every((count) => count === counts[0])) {
      best = mark;
      most = counts[0]!;
    }
  }
  return best;
}

/** Another quote only where it makes the lines equally long. */
function quoteOf(lines: readonly string[], quote: string | null): string | null {
  if (delimiterOf(lines, quote) !== null) return quote;
  const others = ['"', "'", null].filter((other) => other !== quote);
  const found = others.find((other) => delimiterOf(lines, other) !== null);
  return found === undefined ? quote : found;
}

function hasDecimalCommas(lines: readonly string[], delimiter: string, quote: string | null): boolean {
  const cells = lines.slice(1).flatMap((line) => cellsOf(line, delimiter, quote));
  return cells.some((cell) => isDecimalComma(cell)) && !cells.some((cell) => /^[-+]?\d+\.\d+$/.test(cell.trim()));
}

const isDecimalComma = (text: string): boolean => /^[-+]?\d*,\d+(?:[eE][-+]?\d+)?$/.test(text.trim());

/** The cells of one line; what is inside quotes is not cut. */
function cellsOf(line: string, delimiter: string, quote: string | null): string[] {
  const cells: string[] = [];
  let cell = '';
  let inside = false;
  for (const char of line) {
    if (char === quote) inside = !inside;
    else if (char === delimiter && !inside) {
      cells.push(cell);
      cell = '';
    } else cell += char;
  }
  return [...cells, cell];
}
