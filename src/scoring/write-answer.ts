// Turns the answer of a model into the body of a reply: Python's form of it, and no number that JSON does not have.
import type { Column, Table } from '../data/table.js';
import { cellWriter, jsonString } from '../data/write/cell-writer.js';
import { numericPlan, type RowTexts, rowTexts } from '../data/write/numeric-plan.js';
import { RowBytes } from '../data/write/row-bytes.js';
import { writeNumericRows } from '../data/write/write-numeric-rows.js';
import type { AnswerForm } from './types.js';

const START_BYTES = 1 << 16;
const MOST_KEPT_BYTES = 1 << 22;
const MOST_TEXT_BYTES = 1 << 14;
/** One buffer for all replies, because nothing waits while one is written. */
let out = new RowBytes(START_BYTES);

const OPEN = Buffer.from('{"predictions": ');

/** A short body as text, which node writes to the socket together with the headers: two writes would take longer than the model. */
export function writeAnswer(table: Table, form: AnswerForm): string | Buffer {
  out.at = 0;
  out.bytes.set(OPEN, 0);
  out.at = OPEN.length;
  if (form === 'table') writeRecords(table);
  else if (form === 'arrays') writeArrays(table);
  else writeList(table);
  out.byte(125);
  const written = out.bytes.subarray(0, out.at);
  const body = written.length <= MOST_TEXT_BYTES ? written.toString('utf8') : Buffer.from(written);
  if (out.bytes.length > MOST_KEPT_BYTES) out = new RowBytes(START_BYTES);
  return body;
}

function writeRecords(table: Table): void {
  out.byte(91);
  const { keys, texts } = keysOf(table);
  const start = out.at;
  const plan = keys.length > 0 ? numericPlan(table, texts, true) : null;
  if (plan !== null) {
    writeNumericRows(plan, out);
    // The first object does not have a comma before it.
    if (table.rows > 0) out.at = out.drop(start, 2);
  } else {
    const cells = table.columns.map((column) => cellWriter(column, out, 'json'));
    for (let row = 0; row < table.rows; row++) {
      if (row > 0) out.text(', ');
      for (const [c, cell] of cells.entries()) {
        out.text(keys[c]!);
        cell(row);
      }
      out.text(cells.length === 0 ? '{}' : '}');
    }
  }
  out.byte(93);
}

interface Keys {
  readonly names: readonly string[];
  readonly keys: readonly string[];
  /** The same, the first one with a comma before it. */
  readonly texts: RowTexts;
}

/** Those of the last answer: mostly the next one has the same columns. */
let last: Keys = { names: [], keys: [], texts: rowTexts([], '') };

function keysOf({ columns }: Table): Keys {
  if (columns.length === last.names.length && columns.every(({ name }, c) => name === last.names[c])) return last;
  const keys = columns.map(({ name }, c) => `${c === 0 ? '{' : ', '}${jsonString(name)}: `);
  const texts = rowTexts(
    keys.map((key, c) => (c === 0 ? `, ${key}` : key)),
    '}',
  );
  last = { names: columns.map(({ name }) => name), keys, texts };
  return last;
}

/** A list of the rows of several columns, or of the values of one. */
function writeList(table: Table): void {
  const { columns, rows } = table;
  const isFlat = columns.length === 1;
  out.byte(91);
  const plan = columns.length > 0 && rows > 0 ? numericPlan(table, listTexts(columns.length), true) : null;
  if (plan !== null) {
    writeNumericRows(plan, out);
    // The last row does not have a comma behind it.
    out.at -= 2;
    out.byte(93);
    return;
  }
  const cells = columns.map((column) => cellWriter(column, out, 'json'));
  for (let row = 0; row < rows; row++) {
    if (row > 0) out.text(', ');
    if (!isFlat) out.byte(91);
    for (const [c, cell] of cells.entries()) {
      if (c > 0) out.text(', ');
      cell(row);
    }
    if (!isFlat) out.byte(93);
  }
  out.byte(93);
}

/** Of one number a row, which most models answer. */
const FLAT = rowTexts([''], ', ');

function listTexts(width: number): RowTexts {
  if (width === 1) return FLAT;
  return rowTexts(
    Array.from({ length: width }, (_, i) => (i > 0 ? ', ' : '[')),
    '], ',
  );
}

function writeArrays({ columns, rows }: Table): void {
  for (const [c, column] of columns.entries()) {
    out.text(`${c === 0 ? '{' : ', '}${jsonString(column.name)}: `);
    writeList({ rows, columns: [column as Column] });
  }
  out.text(columns.length === 0 ? '{}' : '}');
}
