// Turns CSV text into rows of fields exactly as pandas' C tokenizer does (`read_csv` with its defaults, any `sep` and `quotechar`).
import { PyFailure } from '../failure.js';

function tokenizing(text: string): PyFailure {
  return new PyFailure('ParserError', `Error tokenizing data. C error: ${text}`, { tmpl: 'native:tokenizing' });
}

/**
 * Rows with their fields, blank lines left out. The first row (header) and the second may be of any width; later
 * ones may not be wider than the one before, and shorter ones are padded.
 */
export function csvRows(source: string, delimiter = ',', quote: string | null = '"'): string[][] {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const rows: string[][] = [];
  let width = 0;
  let at = 0;
  let line = 0;
  while (at < text.length) {
    const blank = blankLine(text, at, delimiter);
    if (blank >= 0) {
      line++;
      at = blank;
      continue;
    }
    line++;
    const row: string[] = [];
    at = readRow(text, at, row, rows.length, delimiter, quote);
    if (rows.length > 1 && row.length > width)
      throw tokenizing(`Expected ${width} fields in line ${line}, saw ${row.length}`);
    if (rows.length > 0) while (row.length < width) row.push('');
    width = row.length;
    rows.push(row);
  }
  return rows;
}

/** Where the next line starts if this one holds only blanks and tabs that are not delimiters; −1 if it holds more. */
function blankLine(text: string, from: number, delimiter: string): number {
  let at = from;
  while ((text[at] === ' ' || text[at] === '\t') && text[at] !== delimiter) at++;
  if (at >= text.length) return at;
  if (text[at] === '\n') return at + 1;
  if (text[at] === '\r') return text[at + 1] === '\n' ? at + 2 : at + 1;
  return -1;
}

/** Reads one row into `row` and returns the position after its line end. */
function readRow(
  text: string,
  from: number,
  row: string[],
  index: number,
  delimiter: string,
  quote: string | null,
): number {
  let at = from;
  for (;;) {
    let value = '';
    let start = at;
    if (at < text.length && text[at] === quote) {
      at++;
      start = at;
      for (;;) {
        if (at >= text.length) throw tokenizing(`EOF inside string starting at row ${index}`);
        if (text[at] !== quote) at++;
        else if (text[at + 1] === quote) {
          value += text.slice(start, at + 1);
          at += 2;
          start = at;
        } else break;
      }
      value += text.slice(start, at);
      at++;
      start = at;
    }
    // What follows a closing quote belongs to the field, including quotes.
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++;
    row.push(value + text.slice(start, at));
    const end = text[at];
    at++;
    if (end === delimiter) continue;
    return end === '\r' && text[at] === '\n' ? at + 1 : at;
  }
}
