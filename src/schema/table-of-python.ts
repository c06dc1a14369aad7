// Turns the data MLflow would hand to the model (data frame, arrays, plain values) into a table.
import { elementOfDtype } from '../data/element-types.js';
import type { Column, Table } from '../data/table.js';
import { type DataFrame, kindOf, type NdArray, PyDict, type PyValue } from './mlflow/python/python-value.js';

export function tableOfPython(data: PyValue, names: readonly (string | undefined)[]): Table {
  const kind = kindOf(data);
  if (kind === 'dataframe') {
    const frame = data as DataFrame;
    return {
      rows: frame.rows,
      columns: frame.columns.map(({ name, dtype, data: values }) => columnOf(String(name), dtype, values)),
    };
  }
  if (kind === 'ndarray') return tableOf([arrayColumn(names[0] ?? '0', data as NdArray)]);
  if (data instanceof PyDict) {
    const columns = [...data.map].map(([key, value]) =>
      kindOf(value) === 'ndarray'
        ? arrayColumn(String(key), value as NdArray)
        : objectColumn(String(key), Array.isArray(value) ? value : [value]),
    );
    return tableOf(columns);
  }
  return tableOf([objectColumn('0', Array.isArray(data) ? data : [data])]);
}

const tableOf = (columns: readonly Column[]): Table => ({
  rows: columns.reduce((most, { values }) => Math.max(most, values.length), 0),
  columns,
});

function arrayColumn(name: string, { dtype, shape, data }: NdArray): Column {
  if (shape.length <= 1) return columnOf(name, dtype, data);
  const nest = (from: number, to: number, depth: number): unknown => {
    if (depth === shape.length) return plain(data[from]!);
    const step = (to - from) / Math.max(shape[depth]!, 1);
    return Array.from({ length: shape[depth]! }, (_, i) => nest(from + i * step, from + (i + 1) * step, depth + 1));
  };
  return { name, type: 'object', values: nest(0, data.length, 0) as unknown[] };
}

function columnOf(name: string, dtype: string, data: readonly PyValue[]): Column {
  const missing = data.map(isMissing);
  const nulls = missing.includes(true) ? { nulls: Uint8Array.from(missing, Number) } : {};
  const at = <T>(i: number, none: T): T => (missing[i] ? none : (data[i] as T));
  const from = data.map((_, i) => i);
  // Arrays of objects are looked at below, value by value; pandas' own dtypes differ from numpy's by a capital letter.
  const type = dtype === 'boolean' ? 'boolean' : elementOfDtype(dtype.toLowerCase())?.runs?.column;
  switch (type) {
    case 'boolean':
      return { name, type, values: Uint8Array.from(from, (i) => Number(at(i, false))), ...nulls };
    case 'integer':
      return { name, type, values: Int32Array.from(from, (i) => Number(at(i, 0n))), ...nulls };
    case 'long':
      return { name, type, values: BigInt64Array.from(from, (i) => BigInt(at(i, 0n))), ...nulls };
    case 'double':
      return { name, type, values: Float64Array.from(from, (i) => Number(at(i, Number.NaN))), ...nulls };
    case 'float':
      return { name, type, values: Float32Array.from(from, (i) => Number(at(i, Number.NaN))), ...nulls };
    default:
      break;
  }
  const unit = /^datetime64\[(?<unit>s|ms|us|ns)\]$/.exec(dtype)?.groups?.unit;
  if (unit !== undefined) {
    const scale = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n }[unit as 'ns'];
    return { name, type: 'datetime', values: BigInt64Array.from(from, (i) => at(i, 0n) * scale), ...nulls };
  }
  const kinds = new Set(data.filter((_, i) => !missing[i]).map((value) => kindOf(value)));
  const [only] = kinds;
  if (kinds.size === 1 && only === 'str') return { name, type: 'string', values: from.map((i) => at(i, '')), ...nulls };
  if (kinds.size === 1 && only === 'bytes') {
    return { name, type: 'binary', values: from.map((i) => at(i, new Uint8Array())), ...nulls };
  }
  if (kinds.size === 1 && only === 'bool') {
    return { name, type: 'boolean', values: Uint8Array.from(from, (i) => Number(at(i, false))), ...nulls };
  }
  if (kinds.size === 0 && dtype !== 'object') return { name, type: 'string', values: from.map(() => ''), ...nulls };
  return objectColumn(name, data);
}

const objectColumn = (name: string, data: readonly PyValue[]): Column => ({
  name,
  type: 'object',
  values: data.map(plain),
});

function isMissing(value: PyValue): boolean {
  return value === null || (typeof value === 'number' && Number.isNaN(value)) || ['nat', 'na'].includes(kindOf(value));
}

/** Python's value as a plain one; a value without a plain counterpart is not changed. */
function plain(value: PyValue): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof PyDict) {
    const out: Record<string, unknown> = Object.create(null);
    for (const [key, item] of value.map) out[String(key)] = plain(item);
    return out;
  }
  if (kindOf(value) === 'scalar') return plain((value as { value: PyValue }).value);
  if (kindOf(value) === 'ndarray') {
    const array = value as NdArray;
    return array.shape.length === 0 ? plain(array.data[0]!) : arrayColumn('', array).values;
  }
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}
