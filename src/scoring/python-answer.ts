// Turns the answer of a model into what Python's `predict` of the same model returns.
import type { Column, Table } from '../data/table.js';
import {
  type DataFrame,
  type NdArray,
  PyDict,
  type PyValue,
  type Series,
} from '../schema/mlflow/python/python-value.js';
import type { AnswerForm } from './types.js';

const DTYPES: Readonly<Record<Column['type'], string>> = {
  double: 'float64',
  float: 'float32',
  long: 'int64',
  integer: 'int32',
  boolean: 'bool',
  string: 'object',
  binary: 'object',
  datetime: 'datetime64[ns]',
  object: 'object',
};

export function pythonAnswer(table: Table, form: AnswerForm): PyValue {
  const { columns, rows } = table;
  if (form === 'table') return { kind: 'dataframe', rows, columns: columns.map(seriesOf) } satisfies DataFrame;
  if (form === 'arrays') return new PyDict(columns.map((column) => [column.name, arrayOf(column, rows)]));
  const [only] = columns;
  if (columns.length === 1) return arrayOf(only!, rows);
  return Array.from({ length: rows }, (_, row) => columns.map((column) => cellOf(column, row)));
}

function seriesOf(column: Column): Series {
  const data = Array.from({ length: column.values.length }, (_, row) => cellOf(column, row));
  return { kind: 'series', name: column.name, dtype: DTYPES[column.type], data };
}

function arrayOf(column: Column, rows: number): PyValue {
  if (column.type === 'object') return Array.from({ length: rows }, (_, row) => cellOf(column, row));
  const { data } = seriesOf(column);
  return { kind: 'ndarray', dtype: DTYPES[column.type], shape: [rows], data } satisfies NdArray;
}

function cellOf(column: Column, row: number): PyValue {
  if (column.nulls?.[row] === 1) return column.type === 'double' || column.type === 'float' ? Number.NaN : null;
  switch (column.type) {
    case 'integer':
      return BigInt(column.values[row]!);
    case 'boolean':
      return column.values[row] === 1;
    case 'object':
      return pythonOf(column.values[row]);
    default:
      return column.values[row] as PyValue;
  }
}

/** A number of a nested value was a float of numpy: its integers are bigints. */
function pythonOf(value: unknown): PyValue {
  if (Array.isArray(value)) return value.map(pythonOf);
  if (value instanceof Uint8Array) return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<PyValue>);
  if (typeof value === 'object' && value !== null)
    return new PyDict(Object.entries(value).map(([key, item]) => [key, pythonOf(item)]));
  return (value ?? null) as PyValue;
}
