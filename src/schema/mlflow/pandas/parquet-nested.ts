// Turns values of a Parquet file, including lists and structs, into numpy arrays as Arrow does.
import type { ArrowField, ArrowType } from '../../../data/parquet/arrow-type.js';
import { decimalText, halfOf, integerOf, uuidText } from '../../../data/parquet/stored-value.js';
import { convertUnit } from '../numpy/numpy-set.js';
import { type NdArray, PyDict, type PyValue } from '../python/python-value.js';
import type { TypedValues } from './pandas-infer.js';
import { parquetDate, timeText } from './parquet-scalar.js';

const isNull = (value: unknown): value is null | undefined => value === null || value === undefined;

/** One dtype for all values: integers with gaps are float64, booleans with gaps are objects. */
export function numpyOfArrow(values: readonly unknown[], type: ArrowType): TypedValues {
  const each = (dtype: string, convert: (value: unknown) => PyValue, missing: PyValue = null): TypedValues => ({
    dtype,
    data: values.map((value) => (isNull(value) ? missing : convert(value))),
  });
  switch (type.kind) {
    case 'null':
      return { dtype: 'object', data: values.map(() => null) };
    case 'bool':
      return each(values.some(isNull) ? 'object' : 'bool', Boolean);
    case 'int':
      return values.some(isNull)
        ? each('float64', (value) => Number(integerOf(value, type)), Number.NaN)
        : each(`${type.signed ? '' : 'u'}int${type.bits}`, (value) => integerOf(value, type));
    case 'float': {
      const convert = type.bits === 16 ? (value: unknown) => halfOf(value as Uint8Array) : Number;
      return each(`float${type.bits}`, convert, Number.NaN);
    }
    case 'timestamp':
      return each(`datetime64[${type.unit}]`, (value) => BigInt(value as bigint));
    case 'duration':
      return each(`timedelta64[${type.unit}]`, (value) => BigInt(value as bigint));
    case 'date':
      return each('object', (value) => parquetDate(Number(value)));
    case 'time':
      return each('object', (value) => ({
        kind: 'other',
        cls: 'time',
        repr: timeText(BigInt(value as number | bigint), type.unit),
      }));
    case 'decimal':
      return each('object', (value) => ({ kind: 'decimal', text: decimalText(value, type.scale) }));
    case 'uuid':
      return each('object', (value) => ({ kind: 'other', cls: 'UUID', repr: uuidText(value as Uint8Array) }));
    case 'string':
    case 'json':
    case 'enum':
    case 'binary':
      return each('object', (value) => value as string | Uint8Array);
    case 'dictionary':
      return numpyOfArrow(values, type.values);
    case 'list':
      return { dtype: 'object', data: listsOf(values, type.items) };
    case 'struct':
      return { dtype: 'object', data: structsOfArrow(values, type) };
    case 'map':
      return each('object', (value) => entriesOf(value as object, type.values));
    case 'other':
      return each('object', (value) => value as Uint8Array);
  }
}

/** Lists become arrays, with the dtype of the values of all lists together. */
function listsOf(values: readonly unknown[], items: ArrowType): PyValue[] {
  const flat: unknown[] = [];
  for (const list of values)
    if (!isNull(list)) for (const item of Array.from(list as ArrayLike<unknown>)) flat.push(item);
  const { dtype, data } = numpyOfArrow(flat, items);
  let at = 0;
  return values.map((list): PyValue => {
    if (isNull(list)) return null;
    const { length } = list as ArrayLike<unknown>;
    const part = data.slice(at, at + length);
    at += length;
    return { kind: 'ndarray', dtype, shape: [length], data: part } satisfies NdArray;
  });
}

/** Structs become dicts of Python's own values; a gap in a field decides the type of all its values. */
export function structsOfArrow(values: readonly unknown[], type: Extract<ArrowType, { kind: 'struct' }>): PyValue[] {
  const fields = type.fields.map((field) => {
    const stored = values.map((value) => ownOf(value, field.name));
    return { name: field.name, stored, read: itemsOf(stored, field) };
  });
  return values.map((value, row) => {
    if (isNull(value)) return null;
    return new PyDict(fields.map(({ name, stored, read }) => [name, isNull(stored[row]) ? null : read[row]!] as const));
  });
}

/** A gap in a field that has none of its own is a gap of the struct, and does not change the type. */
function itemsOf(stored: readonly unknown[], { type, nullable }: ArrowField): PyValue[] {
  const whole = nullable || type.kind === 'struct';
  const { dtype, data } = numpyOfArrow(whole ? stored : stored.filter((value) => !isNull(value)), type);
  const items = data.map((item) => itemOf(item, dtype));
  if (whole) return items;
  let at = 0;
  return stored.map((value) => (isNull(value) ? null : items[at++]!));
}

/** Names are data: `__proto__` is an ordinary field. */
function ownOf(value: unknown, name: string): unknown {
  return !isNull(value) && Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : null;
}

/** An element as `ndarray.item()` gives it: dates are datetimes, but counts where they have nanoseconds. */
function itemOf(value: PyValue, dtype: string): PyValue {
  const unit = /^datetime64\[(?<unit>\w+)/.exec(dtype)?.groups?.unit;
  if (unit === undefined || typeof value !== 'bigint') return value;
  return unit === 'ns' ? value : { kind: 'datetime', us: convertUnit(value, unit, 'us') };
}

/** Maps become lists of pairs. */
function entriesOf(map: object, type: ArrowType): PyValue {
  const entries = Object.entries(map);
  const { data } = numpyOfArrow(
    entries.map(([, value]) => value),
    type,
  );
  return entries.map(([key], i) => ({ kind: 'tuple', items: [key, data[i]!] }));
}
