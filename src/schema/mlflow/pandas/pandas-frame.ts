// Turns lists, records, dicts of columns and arrays into DataFrames, as pandas' constructor does.

import { refuseLargeTable } from '../../batch-size.js';
import { PyFailure } from '../failure.js';
import { rowsOf } from '../numpy/numpy-array.js';
import { type DataFrame, kindOf, type NdArray, PyDict, type PyValue, type Series } from '../python/python-value.js';
import { inferObjectArray, inferValues, type TypedValues, unboxed } from './pandas-infer.js';

const error = (text: string, tmpl: string, exc = 'ValueError'): PyFailure => new PyFailure(exc, text, { tmpl });

export function series(name: PyValue, typed: TypedValues): Series {
  return { kind: 'series', name, dtype: typed.dtype, data: typed.data };
}

/** The labels of an axis: an Index also has one dtype. */
export function labelsOf(values: readonly PyValue[]): PyValue[] {
  const { dtype, data } = inferValues(values);
  return dtype === 'str' ? data.map((label) => label ?? Number.NaN) : data;
}

/** Lists and dicts cannot be used as keys. */
export function refuseUnhashable(labels: readonly PyValue[]): void {
  const found = labels.find((label) => Array.isArray(label) || label instanceof PyDict);
  if (found !== undefined) throw error(`unhashable type: '${kindOf(found)}'`, 'native:not_iterable', 'TypeError');
}

function defaultLabels(count: number): PyValue[] {
  return Array.from({ length: count }, (_, i) => BigInt(i));
}

function isListLike(value: PyValue): boolean {
  const kind = kindOf(value);
  return (
    ['list', 'tuple', 'dict', 'series', 'dataframe'].includes(kind) ||
    (kind === 'ndarray' && (value as NdArray).shape.length > 0)
  );
}

/** A column of an ndarray: text becomes `str`, bytes object, the rest keeps its dtype. */
function columnOfArray(array: NdArray): TypedValues {
  if (array.dtype === 'object') return inferObjectArray(array.data);
  return {
    dtype: array.dtype === 'bytes' || array.dtype.startsWith('void') ? 'object' : array.dtype,
    data: array.data,
  };
}

function rowItems(row: PyValue): PyValue[] {
  if (Array.isArray(row)) return row;
  if (row instanceof PyDict) return [...row.map.keys()];
  const kind = kindOf(row);
  if (kind === 'tuple') return (row as { items: PyValue[] }).items;
  if (kind === 'str') return [...(row as string)];
  if (kind === 'ndarray') return rowsOf(row as NdArray);
  throw error(
    `object of type '${kind === 'none' ? 'NoneType' : kind}' has no len()`,
    'native:not_iterable',
    'TypeError',
  );
}

interface FrameOptions {
  readonly columns?: readonly PyValue[] | null;
  readonly index?: readonly PyValue[] | null;
}

/** The index, left out where it is 0 … n−1. */
export function withIndex(
  rows: number,
  columns: readonly Series[],
  index: readonly PyValue[] | null | undefined,
): DataFrame {
  const frame: DataFrame = { kind: 'dataframe', rows, columns };
  if (index === null || index === undefined) return frame;
  return { ...frame, index: labelsOf(index) };
}

/** The values of a column under an index: a single value is repeated for all of it. */
function fitted(typed: TypedValues, index: readonly PyValue[] | null | undefined): TypedValues {
  const { dtype, data } = typed;
  if (index === null || index === undefined || data.length === index.length) return typed;
  if (data.length === 1) return { dtype, data: Array(index.length).fill(data[0]!) };
  throw error(`Length of values (${data.length}) does not match length of index (${index.length})`, 'native:lengths');
}

/** `pd.DataFrame(data=list, columns=…, index=…)`. */
export function frameFromList(data: readonly PyValue[], options: FrameOptions = {}): DataFrame {
  const { columns, index } = options;
  const [first] = data;
  if (first === undefined) return emptyFrame(options);
  if (kindOf(first) === 'ndarray' && (first as NdArray).shape.length > 1)
    throw error('Must pass 2-d input', 'native:dims');
  if (!isListLike(first)) {
    // A list of scalars is one column; any values may follow.
    const count = columns?.length ?? 1;
    const rows = index?.length ?? data.length;
    if (count !== 1 || rows !== data.length)
      throw error(`Shape of passed values is (${data.length}, 1), indices imply (${rows}, ${count})`, 'native:lengths');
    return withIndex(data.length, [series((columns ?? [0n])[0]!, inferValues(data))], index);
  }
  if (first instanceof PyDict) return frameFromRecords(data, options);
  const rows = data.map(rowItems);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  if (columns !== null && columns !== undefined && columns.length !== width)
    throw error(`${columns.length} columns passed, passed data had ${width} columns`, 'native:lengths');
  const labels = columns ?? defaultLabels(width);
  refuseLargeTable(rows.length, width);
  // Short rows are padded with None.
  const made = labels.map((label, i) => series(label, fitted(inferValues(rows.map((row) => row[i] ?? null)), index)));
  return withIndex(index?.length ?? data.length, made, index);
}

function frameFromRecords(data: readonly PyValue[], options: FrameOptions): DataFrame {
  const dicts = data.map((item) => {
    if (item instanceof PyDict) return item;
    throw error(`'${kindOf(item)}' object has no attribute 'keys'`, 'native:not_iterable', 'AttributeError');
  });
  let names = options.columns;
  if (names === null || names === undefined) {
    const seen = new Set<PyValue>();
    for (const { map } of dicts) for (const key of map.keys()) seen.add(key);
    names = [...seen];
  }
  refuseLargeTable(dicts.length, names.length);
  // What a record lacks is NaN, not None.
  const values = (name: PyValue) => dicts.map(({ map }) => (map.has(name) ? map.get(name)! : Number.NaN));
  const labels = labelsOf(names);
  const made = names.map((name, i) => series(labels[i]!, fitted(inferValues(values(name)), options.index)));
  return withIndex(options.index?.length ?? data.length, made, options.index);
}

function emptyFrame({ columns, index }: FrameOptions): DataFrame {
  refuseUnhashable(columns ?? []);
  const rows = index?.length ?? 0;
  const made = (columns ?? []).map((name) => series(name, { dtype: 'object', data: Array(rows).fill(Number.NaN) }));
  return withIndex(rows, made, index);
}

interface Part {
  readonly name: PyValue;
  readonly length: number | null;
  readonly make: (rows: number, index: readonly PyValue[] | null) => TypedValues;
}

function partOf(name: PyValue, value: PyValue): Part {
  const kind = kindOf(value);
  if (kind === 'ndarray') {
    const array = value as NdArray;
    if (array.shape.length > 1) throw error('Per-column arrays must each be 1-dimensional', 'native:dims');
    if (array.shape.length === 1) return { name, length: array.data.length, make: () => columnOfArray(array) };
    return scalarPart(
      name,
      array.dtype === 'object' ? array.data[0]! : { kind: 'scalar', dtype: array.dtype, value: array.data[0]! },
    );
  }
  if (Array.isArray(value)) {
    // Without values pandas makes floats.
    const typed = value.length === 0 ? { dtype: 'float64', data: [] } : inferValues(value);
    return { name, length: value.length, make: () => typed };
  }
  if (kind === 'tuple') {
    const { items } = value as { items: PyValue[] };
    return { name, length: items.length, make: () => inferValues(items) };
  }
  if (kind === 'series') {
    const column = value as Series;
    return { name, length: column.data.length, make: () => column };
  }
  if (value instanceof PyDict)
    return {
      name,
      length: value.map.size,
      make: (_, index) =>
        inferValues((index ?? []).map((key) => (value.map.has(key) ? value.map.get(key)! : Number.NaN))),
    };
  return scalarPart(name, value);
}

/** A requested column that the dict does not have. */
function absentPart(name: PyValue): Part {
  return { name, length: null, make: (rows) => ({ dtype: 'object', data: Array(rows).fill(Number.NaN) }) };
}

function scalarPart(name: PyValue, value: PyValue): Part {
  // A dict in an array without dimensions is treated as the list of its keys.
  if (value instanceof PyDict) {
    const keys = inferValues([...value.map.keys()]);
    return { name, length: null, make: (rows) => fitted(keys, Array(rows).fill(null)) };
  }
  const one =
    kindOf(value) === 'scalar' && (value as { dtype: string }).dtype !== 'bytes'
      ? { dtype: (value as { dtype: string }).dtype, data: [unboxed(value)] }
      : inferValues([value]);
  return { name, length: null, make: (rows) => ({ dtype: one.dtype, data: Array(rows).fill(one.data[0]!) }) };
}

/** `pd.DataFrame(dict)`: one column per key, scalars repeated. */
export function frameFromDict(dict: PyDict, options: FrameOptions = {}): DataFrame {
  let entries = [...dict.map];
  const absent = new Set<PyValue>();
  if (options.columns) {
    for (const name of options.columns) if (!dict.map.has(name)) absent.add(name);
    entries = options.columns.map((name) => [name, dict.map.get(name) ?? null] as [PyValue, PyValue]);
    if (absent.size === entries.length) return emptyFrame(options);
  }
  if (entries.length === 0) return emptyFrame(options);
  const parts = entries.map(([name, value]) => (absent.has(name) ? absentPart(name) : partOf(name, value)));
  const dicts = entries.map(([, value]) => value).filter((value) => value instanceof PyDict);
  const lengths = new Set(parts.filter((_, i) => !(entries[i]![1] instanceof PyDict)).map(({ length }) => length));
  lengths.delete(null);
  if (lengths.size > 1) throw error('All arrays must be of the same length', 'native:lengths');
  if (lengths.size === 0 && dicts.length === 0 && !options.index)
    throw error('If using all scalar values, you must pass an index', 'other');
  if (lengths.size > 0 && dicts.length > 0)
    throw error('Mixing dicts with non-Series may lead to ambiguous ordering.', 'other');
  let index = options.index ?? null;
  if (dicts.length > 0) {
    const keys = new Set<PyValue>();
    for (const { map } of dicts) for (const key of map.keys()) keys.add(key);
    index = [...keys];
  }
  const [length] = lengths;
  const rows = index?.length ?? length ?? 0;
  refuseLargeTable(rows, entries.length);
  const labels = labelsOf(entries.map(([name]) => name));
  return withIndex(
    rows,
    parts.map((part, i) => series(labels[i]!, fitted(part.make(rows, index), index))),
    index,
  );
}

/** A frame made of a matrix of bytes keeps numpy's dtype, sized by the longest. */
function bytesDtype({ data }: NdArray): string {
  return `|S${data.reduce((most: number, item) => Math.max(most, (item as Uint8Array).length), 1)}`;
}

/** `pd.DataFrame(ndarray)`. */
export function frameFromArray(array: NdArray, options: FrameOptions = {}): DataFrame {
  if (array.shape.length > 2) throw error(`Must pass 2-d input. shape=(${array.shape.join(', ')})`, 'native:dims');
  const [rows = 1, width = 1] = array.shape;
  const labels = options.columns ?? defaultLabels(width);
  if (labels.length !== width || (options.index && options.index.length !== rows))
    throw error(
      `Shape of passed values is (${rows}, ${width}), indices imply (${rows}, ${labels.length})`,
      'native:lengths',
    );
  const column = (i: number): NdArray => ({
    ...array,
    shape: [rows],
    data: Array.from({ length: rows }, (_, row) => array.data[row * width + i]!),
  });
  return withIndex(
    rows,
    labels.map((label, i) =>
      series(
        label,
        array.dtype === 'bytes' && array.shape.length === 2
          ? { dtype: bytesDtype(array), data: column(i).data }
          : columnOfArray(column(i)),
      ),
    ),
    options.index,
  );
}
