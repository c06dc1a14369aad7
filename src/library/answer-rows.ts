// Turns the answer of a model into rows or columns of JavaScript values.
import type { Column, Table } from '../data/table.js';
import { formatNanoseconds } from '../model/cell-json.js';
import type { PredictedColumns, PredictedRow } from './types.js';

/** A number wherever it is exact: JSON.stringify cannot write a bigint. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value ?? null;
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, item] of Object.entries(value)) record[key] = plainValue(item);
  return record;
}

function cellOf(column: Column, row: number): unknown {
  if (column.nulls?.[row] === 1) return null;
  if (column.type === 'boolean') return column.values[row] === 1;
  if (column.type === 'datetime') return formatNanoseconds(column.values[row]!);
  return plainValue(column.values[row]);
}

/** An output may be called `__proto__`, which an ordinary object takes for its prototype. */
const recordFor = ({ columns }: Table): Record<string, never> =>
  columns.some(({ name }) => name === '__proto__') ? Object.create(null) : {};

export function answerRows(answer: Table): PredictedRow[] {
  const rows: PredictedRow[] = [];
  for (let row = 0; row < answer.rows; row++) {
    const record: PredictedRow = recordFor(answer);
    for (const column of answer.columns) record[column.name] = cellOf(column, row);
    rows.push(record);
  }
  return rows;
}

const TYPED: ReadonlySet<Column['type']> = new Set(['double', 'float', 'long', 'integer']);

/** A column of numbers stays a typed array; int64 is a BigInt64Array. */
export function answerColumns(answer: Table): PredictedColumns {
  const columns: PredictedColumns = recordFor(answer);
  for (const column of answer.columns)
    columns[column.name] =
      TYPED.has(column.type) && column.nulls === undefined
        ? column.values
        : Array.from({ length: answer.rows }, (_, row) => cellOf(column, row));
  return columns;
}
