// Turns tables of the same columns into one, their rows in order.
import type { Column, Table } from './table.js';

/** The tables are the batches of one input: the same names and types in the same order. */
export function concatTables(tables: readonly Table[]): Table {
  const [first] = tables;
  if (first === undefined) return { rows: 0, columns: [] };
  if (tables.length === 1) return first;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { rows, columns: first.columns.map((_, place) => concatColumns(tables, place, rows)) };
}

function concatColumns(tables: readonly Table[], place: number, rows: number): Column {
  const parts = tables.map((table) => ({ rows: table.rows, column: table.columns[place] as Column }));
  const { column } = parts[0] as (typeof parts)[number];
  const values = joined(
    parts.map((part) => part.column.values),
    rows,
  );
  if (parts.every((part) => part.column.nulls === undefined)) return { ...column, values } as Column;
  const nulls = joined(
    parts.map((part) => part.column.nulls ?? new Uint8Array(part.rows)),
    rows,
  );
  return { ...column, values, nulls } as Column;
}

type Values = Column['values'];

/** The values of each part; all have the same kind of array. */
function joined(parts: readonly Values[], rows: number): Values {
  const [first] = parts as [Values];
  if (Array.isArray(first)) return (parts as readonly unknown[][]).flat(1) as Values;
  const made = new (first.constructor as Float64ArrayConstructor)(rows);
  let at = 0;
  for (const part of parts) {
    made.set(part as unknown as Float64Array, at);
    at += part.length;
  }
  return made;
}
