// Turns a column of a Parquet file into what pandas holds: the dtype Arrow's conversion gives it, and its elements.
import type { ArrowType } from '../../../data/parquet/arrow-type.js';
import type { ArrowColumn } from '../../../data/parquet/read-arrow-table.js';
import type { PyValue } from '../python/python-value.js';
import type { TypedValues } from './pandas-infer.js';
import { numpyOfArrow, structsOfArrow } from './parquet-nested.js';

/** Arrow returns rows in batches of this many, and values inside structs are converted batch by batch. */
const BATCH_ROWS = 131_072;

/** `extension`: one of pandas' own dtypes, which keeps missing values apart. */
export function columnOfParquet({ type, chunks }: ArrowColumn, extension: string | undefined): TypedValues {
  if (type.kind === 'struct') {
    const parts = chunks.flatMap((chunk) => batchesOf(chunk).map((batch) => structsOfArrow(batch, type)));
    return { dtype: 'object', data: parts.flat() };
  }
  const values: unknown[] = [];
  for (const chunk of chunks) for (let i = 0; i < chunk.length; i++) values.push(chunk[i]);
  if (type.kind === 'string') return { dtype: extension ?? 'str', data: values.map((value) => textOf(value)) };
  if (type.kind === 'dictionary') {
    const data = numpyOfArrow(values, type.values).data;
    return { dtype: 'category', data: data.map((value) => value ?? Number.NaN) };
  }
  if (extension !== undefined && isNumber(type)) return nullable(values, type, extension);
  const { dtype, data } = numpyOfArrow(values, type);
  if (type.kind === 'timestamp' && type.zone !== undefined)
    return { dtype: `datetime64[${type.unit}, ${zoneOf(type.zone)}]`, data };
  return { dtype, data };
}

function batchesOf(chunk: ArrayLike<unknown>): unknown[][] {
  const batches: unknown[][] = [];
  for (let from = 0; from < chunk.length; from += BATCH_ROWS)
    batches.push(Array.prototype.slice.call(chunk, from, from + BATCH_ROWS));
  return batches;
}

const textOf = (value: unknown): PyValue => (typeof value === 'string' ? value : null);

const isNumber = ({ kind }: ArrowType): boolean => kind === 'int' || kind === 'float' || kind === 'bool';

function nullable(values: readonly unknown[], type: ArrowType, dtype: string): TypedValues {
  const present = values.filter((value) => value !== null && value !== undefined);
  const { data } = numpyOfArrow(present, type);
  const whole = dtype.includes('Int');
  let at = 0;
  return {
    dtype,
    data: values.map((value) => {
      if (value === null || value === undefined) return null;
      const read = data[at++]!;
      if (whole) return typeof read === 'number' ? BigInt(Math.trunc(read)) : read;
      return dtype.startsWith('Float') ? Number(read) : read;
    }),
  };
}

/** Offsets are zones of Python's datetime, which print as `UTC+05:30`. */
function zoneOf(zone: string): string {
  return /^[-+]\d\d:\d\d$/.test(zone) ? `UTC${zone}` : zone;
}
