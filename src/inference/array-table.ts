// Turns the array that a model of Python answers into a table: one column, whose values are lists if the array has two dimensions.
import type { Column, Table } from '../data/table.js';
import type { Schema } from '../schema/types.js';

export interface NumpyArray {
  /** For labels that are booleans; else the values say it. */
  readonly type?: Column['type'];
  /** Row-major. */
  readonly values: Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array | readonly unknown[];
  /** The size of the second dimension; null if there is only one. */
  readonly width: number | null;
}

/** MLflow gives the array itself, which has no names. A signature may name one column, or as many as the array has. */
const UNNAMED = 'prediction';

export function arrayTable({ type, values, width }: NumpyArray, rows: number, outputs: Schema | null): Table {
  const names = namesOf(outputs);
  if (width === null)
    return { rows, columns: [{ name: names?.[0] ?? UNNAMED, type: type ?? typeOf(values), values } as Column] };
  const cut = (j: number) => (values as Float64Array).filter((_, at) => at % width === j);
  if (names?.length === width && width > 1)
    return { rows, columns: names.map((name, j) => ({ name, type: typeOf(values), values: cut(j) }) as Column) };
  const lists = Array.from({ length: rows }, (_, i) =>
    Array.from(values.slice(i * width, (i + 1) * width) as unknown[]),
  );
  return { rows, columns: [{ name: names?.[0] ?? UNNAMED, type: 'object', values: lists }] };
}

function namesOf(outputs: Schema | null): string[] | null {
  const listed = outputs?.kind === 'columns' ? outputs.columns : (outputs?.tensors ?? []);
  const names = listed.map(({ name }) => name);
  return names.length > 0 && names.every((name) => name !== undefined) ? (names as string[]) : null;
}

function typeOf(values: NumpyArray['values']): Column['type'] {
  if (values instanceof Float64Array) return 'double';
  if (values instanceof Float32Array) return 'float';
  if (values instanceof BigInt64Array) return 'long';
  if (values instanceof Int32Array) return 'integer';
  if (values instanceof Uint8Array) return 'boolean';
  return values.every((value) => typeof value === 'string') ? 'string' : 'object';
}
