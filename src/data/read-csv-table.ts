// CSV text to a table to train on, its column types inferred as pandas.read_csv infers them.
import { isUtf8 } from 'node:buffer';
import { MlctlError } from '../errors/error.js';
import { type CsvCells, cellText, csvCells } from './csv-cells.js';
import { cellNumber, lastNumber } from './csv-number.js';
import { MISSING_WORDS } from './missing-words.js';
import type { Column, Table } from './table.js';

export interface CsvTableOptions {
  /** Name of the source, for messages. */
  readonly name: string;
  readonly delimiter?: string;
}

/** The lesson's users read the same file with pd.read_csv: the same cells must be missing here, quoted or not. */
const MISSING = new Set(['', ...MISSING_WORDS]);
const LONGEST_MISSING = 9;
const TRUE = new Set(['True', 'TRUE', 'true']);
const FALSE = new Set(['False', 'FALSE', 'false']);
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;

/**
 * Whole numbers become `long` (exact to 64 bits), or `double` where some are missing; decimals `double`; true and false `boolean`;
 * anything else `string`. A column without any value is `double`, all missing.
 */
export function readCsvTable(bytes: Uint8Array, options: CsvTableOptions): Table {
  const { name } = options;
  if (!isUtf8(bytes))
    throw new MlctlError('DATA_INVALID', `${name} is not UTF-8 text`, {
      // FF FE and FE FF: what Windows calls Unicode.
      hint: `convert it: iconv -f ${bytes[0] === 0xff || bytes[0] === 0xfe ? 'utf-16' : 'latin1'} -t utf-8 ${name}`,
    });
  const nul = bytes.indexOf(0);
  if (nul !== -1)
    throw new MlctlError(
      'DATA_INVALID',
      `${name} holds a NUL character (byte ${nul}), which no text of a model can hold`,
      {
        hint: 'Is it a text file? Remove the NUL characters.',
      },
    );
  const cells = csvCells(bytes, name, options.delimiter);
  if (cells.lines === 0) throw new MlctlError('DATA_INVALID', `${name} is empty: found no header line`);
  const names = headerOf(cells, name);
  const rows = cells.lines - 1;
  if (rows === 0) throw new MlctlError('DATA_INVALID', `${name} has a header and no rows`);
  return { rows, columns: names.map((column, c) => readColumn(cells, c, column, rows, name)) };
}

function headerOf(cells: CsvCells, name: string): string[] {
  const names = Array.from({ length: cells.width }, (_, c) => cellText(cells, c));
  const empty = names.findIndex((column) => column.trim() === '');
  if (empty >= 0)
    throw new MlctlError('DATA_INVALID', `${name}: column ${empty} has no name in the header`, {
      hint:
        empty === 0
          ? 'an unnamed first column is often an index: write the file with to_csv(index=False)'
          : 'give every column a name',
      details: { column: empty },
    });
  const twice = names.find((column, c) => names.indexOf(column) !== c);
  if (twice !== undefined)
    throw new MlctlError('DATA_INVALID', `${name}: the header names the column ${JSON.stringify(twice)} twice`, {
      hint: 'rename one of them',
      details: { column: twice },
    });
  return names;
}

function readColumn(cells: CsvCells, column: number, name: string, rows: number, file: string): Column {
  const { bytes, starts, ends, width } = cells;
  const values = new Float64Array(rows);
  const nulls = new Uint8Array(rows);
  const kinds = new Uint32Array(4); // of numbers, by lastNumber.kind
  let missing = 0;
  let flags = 0;
  for (let i = 0, cell = width + column; i < rows; i++, cell += width) {
    const start = starts[cell]!;
    const end = ends[cell]!;
    if (end < 0) return textColumn(cells, column, name, rows);
    const value = cellNumber(bytes, start, end);
    if (lastNumber.kind > 0) {
      values[i] = value;
      kinds[lastNumber.kind]!++;
      continue;
    }
    const text = end - start <= LONGEST_MISSING ? bytes.toString('utf8', start, end) : null;
    if (text !== null && MISSING.has(text)) {
      values[i] = Number.NaN;
      nulls[i] = 1;
      missing++;
    } else if (text !== null && (TRUE.has(text) || FALSE.has(text))) {
      values[i] = TRUE.has(text) ? 1 : 0;
      flags++;
    } else return textColumn(cells, column, name, rows);
  }
  const marks = missing > 0 ? { nulls } : {};
  const numbers = rows - missing - flags;
  if (flags > 0)
    return numbers > 0
      ? textColumn(cells, column, name, rows)
      : { name, type: 'boolean', values: Uint8Array.from(values), ...marks };
  if (kinds[2] === 0 && numbers > 0) {
    if (kinds[3]! > 0) return wideColumn(cells, column, name, rows, missing > 0 ? file : null);
    if (missing === 0) return { name, type: 'long', values: BigInt64Array.from(values, BigInt) };
  }
  return { name, type: 'double', values, ...marks };
}

/** Whole numbers beyond 2^53: exact as 64 bits; text where even those do not hold them, as pandas has it. */
function wideColumn(cells: CsvCells, column: number, name: string, rows: number, missingIn: string | null): Column {
  if (missingIn !== null)
    throw new MlctlError(
      'DATA_INVALID',
      `${missingIn}: column ${JSON.stringify(name)} has whole numbers beyond 2^53 and missing values; with those it would be float64, which rounds the numbers`,
      {
        hint: 'fill the gaps in the data, or leave the column out with data: { drop: […] }',
        details: { column: name },
      },
    );
  const values = new BigInt64Array(rows);
  for (let i = 0; i < rows; i++) {
    const value = BigInt(
      cellText(cells, (i + 1) * cells.width + column)
        .trim()
        .replace(/^\+/, ''),
    );
    if (value < INT64[0] || value > INT64[1]) return textColumn(cells, column, name, rows);
    values[i] = value;
  }
  return { name, type: 'long', values };
}

function textColumn(cells: CsvCells, column: number, name: string, rows: number): Column {
  const values: string[] = new Array(rows);
  const nulls = new Uint8Array(rows);
  const known = new Map<string, string>(); // few different texts are the rule: keep each once
  let missing = 0;
  for (let i = 0, cell = cells.width + column; i < rows; i++, cell += cells.width) {
    const text = cellText(cells, cell);
    if (MISSING.has(text)) {
      values[i] = '';
      nulls[i] = 1;
      missing++;
      continue;
    }
    const same = known.get(text);
    values[i] = same ?? text;
    if (same === undefined && known.size < 65_536) known.set(text, text);
  }
  return missing > 0 ? { name, type: 'string', values, nulls } : { name, type: 'string', values };
}
