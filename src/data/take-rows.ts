// Turns a table and row numbers into the table of those rows, in that order.
import type { Column, Table } from './table.js';

export function takeRows(table: Table, rows: Int32Array): Table {
  return { rows: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) };
}

function takeColumn(column: Column, rows: Int32Array): Column {
  const { nulls } = column;
  const kept = nulls ? Uint8Array.from(rows, (row) => nulls[row]!) : undefined;
  return {
    ...column,
    values: takeValues(column.values as unknown as Indexable, rows),
    ...(kept ? { nulls: kept } : {}),
  } as Column;
}

type Indexable = { readonly length: number; readonly [index: number]: unknown; constructor: unknown };

function takeValues(values: Indexable, rows: Int32Array): unknown {
  const made = Array.isArray(values)
    ? new Array(rows.length)
    : new (values.constructor as new (length: number) => Record<number, unknown>)(rows.length);
  for (let i = 0; i < rows.length; i++) made[i] = values[rows[i]!];
  return made;
}
