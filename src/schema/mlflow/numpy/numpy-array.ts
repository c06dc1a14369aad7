// Turns nested lists into an ndarray as `np.array(data)` and `np.array(data, dtype)` do: shape found first, then the common dtype.

import { PyFailure } from '../failure.js';
import { kindOf, type NdArray, type PyValue } from '../python/python-value.js';
import { dtypeKind, itemSize, unitOf } from './dtype.js';
import { convertUnit, setElement } from './numpy-set.js';

/** numpy 2's limit. */
const MAX_DIMENSIONS = 64;

function inhomogeneous(shape: readonly number[]): PyFailure {
  const text = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
  return new PyFailure(
    'ValueError',
    `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${shape.length} dimensions. The detected shape was ${text} + inhomogeneous part.`,
    { tmpl: 'native:inhomogeneous' },
  );
}

/** Lists, tuples and arrays have elements; texts, bytes and dicts are scalars in numpy. */
function itemsOf(value: PyValue): readonly PyValue[] | null {
  if (Array.isArray(value)) return value;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || !('kind' in value)) return null;
  if (value.kind === 'tuple') return value.items;
  return value.kind === 'ndarray' && value.shape.length > 0 ? rowsOf(value) : null;
}

/** The sub-arrays (or scalars) along the first dimension. */
export function rowsOf(array: NdArray): PyValue[] {
  const [count = 0, ...rest] = array.shape;
  if (rest.length === 0)
    return array.dtype === 'object'
      ? array.data
      : array.data.map((value) => ({ kind: 'scalar', dtype: array.dtype, value }));
  const size = rest.reduce((product, n) => product * n, 1);
  return Array.from({ length: count }, (_, i) => ({
    kind: 'ndarray',
    dtype: array.dtype,
    shape: rest,
    data: array.data.slice(i * size, (i + 1) * size),
  }));
}

/** The largest shape all branches share; `ragged` where they differ below it. */
function discoverShape(value: PyValue): { shape: number[]; ragged: boolean } {
  const shape: number[] = [];
  let level: PyValue[] = [value];
  for (;;) {
    if (level.length === 0) return { shape, ragged: false };
    const parts = level.map(itemsOf);
    const first = parts[0];
    if (parts.every((part) => part === null)) return { shape, ragged: false };
    const length = first === null || first === undefined ? -1 : first.length;
    if (parts.some((part) => part === null || part.length !== length)) return { shape, ragged: true };
    if (shape.length === MAX_DIMENSIONS) return { shape, ragged: true };
    shape.push(length);
    level = (parts as (readonly PyValue[])[]).flat(1) as PyValue[];
  }
}

/** The elements `depth` lists down; among objects, those of typed arrays become Python's own. */
function leaves(value: PyValue, depth: number, objects: boolean): PyValue[] {
  let level: PyValue[] = [value];
  for (let i = 0; i < depth; i++) {
    const next: PyValue[] = [];
    for (const item of level) {
      const own = objects && kindOf(item) === 'ndarray' && (item as NdArray).shape.length === 1;
      for (const inner of own ? (item as NdArray).data : (itemsOf(item) ?? [item])) next.push(inner);
    }
    level = next;
  }
  return level;
}

/** The dtype numpy gives one Python value. */
function dtypeOf(value: PyValue): string {
  switch (kindOf(value)) {
    case 'bool':
      return 'bool';
    case 'int': {
      const int = value as bigint;
      if (int >= -(1n << 63n) && int < 1n << 63n) return 'int64';
      return int >= 0n && int < 1n << 64n ? 'uint64' : 'object';
    }
    case 'float':
      return 'float64';
    case 'str':
      return 'str';
    case 'bytes':
      return 'bytes';
    case 'scalar':
    case 'ndarray':
      return (value as NdArray).dtype;
    default:
      return 'object';
  }
}

const FLOAT_FOR: Readonly<Record<number, string>> = { 1: 'float16', 2: 'float32', 4: 'float64', 8: 'float64' };

/** numpy's `promote_types`. */
export function promote(a: string, b: string): string {
  if (a === b) return a;
  if (a === 'object' || b === 'object') return 'object';
  const kinds = [dtypeKind(a), dtypeKind(b)] as const;
  if (a === 'str' || b === 'str') return dtypeKind(a === 'str' ? b : a) === 'V' ? 'object' : 'str';
  if (a === 'bytes' || b === 'bytes') return 'bytes';
  if (kinds[0] === 'M' && kinds[1] === 'M') return `datetime64[${finerUnit(unitOf(a), unitOf(b))}]`;
  if (kinds.includes('M') || kinds.includes('m')) return 'object';
  if (kinds[0] === 'b') return b;
  if (kinds[1] === 'b') return a;
  const size = Math.max(itemSize(a), itemSize(b));
  if (kinds[0] === kinds[1]) return itemSize(a) >= itemSize(b) ? a : b;
  if (kinds.includes('c')) return 'complex128';
  if (kinds.includes('f')) {
    const float = kinds[0] === 'f' ? a : b;
    const int = kinds[0] === 'f' ? b : a;
    const needed = FLOAT_FOR[itemSize(int)] ?? 'float64';
    return itemSize(needed) > itemSize(float) ? needed : float;
  }
  const unsigned = kinds[0] === 'u' ? a : b;
  const signed = kinds[0] === 'u' ? b : a;
  if (itemSize(signed) > itemSize(unsigned)) return signed;
  return size === 8 ? 'float64' : `int${itemSize(unsigned) * 16}`;
}

const UNITS = ['generic', 'Y', 'M', 'W', 'D', 'h', 'm', 's', 'ms', 'us', 'ns', 'ps', 'fs', 'as'];

function finerUnit(a: string, b: string): string {
  return UNITS.indexOf(a) > UNITS.indexOf(b) ? a : b;
}

function plain(value: PyValue): PyValue {
  if (
    value !== null &&
    typeof value === 'object' &&
    'kind' in value &&
    value.kind === 'ndarray' &&
    value.shape.length === 0
  ) {
    const item = value.data[0]!;
    return value.dtype === 'object' ? item : { kind: 'scalar', dtype: value.dtype, value: item };
  }
  return value;
}

/** Text of bool and numbers among text keeps Python's `str`; numpy values are cast by their dtype. */
export function castElement(value: PyValue, dtype: string): PyValue {
  // An array without dimensions stays one among objects.
  if (dtype === 'object' && kindOf(value) === 'ndarray') return value;
  const item = plain(value);
  if (dtype === 'object')
    return item !== null && typeof item === 'object' && 'kind' in item && item.kind === 'scalar' ? unboxed(item) : item;
  if (item !== null && typeof item === 'object' && 'kind' in item && item.kind === 'scalar') {
    if (item.dtype === dtype) return item.value;
    if (item.dtype.startsWith('datetime64') && dtype.startsWith('datetime64'))
      return item.value === null ? null : convertUnit(item.value as bigint, unitOf(item.dtype), unitOf(dtype));
  }
  return setElement(item, dtype);
}

/** What an object array holds of a numpy value: Python's own (`item()`), but dates of nanoseconds as they are. */
function unboxed(item: { readonly kind: 'scalar'; readonly dtype: string; readonly value: PyValue }): PyValue {
  return item;
}

export function npArray(data: PyValue, dtype?: string): NdArray {
  const { shape, ragged } = discoverShape(data);
  if (ragged && dtype !== 'object') {
    if (shape.length === MAX_DIMENSIONS)
      throw new PyFailure(
        'ValueError',
        'setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 64.',
        { tmpl: 'native:inhomogeneous' },
      );
    throw inhomogeneous(shape);
  }
  const target = dtype ?? (shape.includes(0) ? emptyDtype(data) : commonDtype(data));
  const items = leaves(data, shape.length, target === 'object');
  return { kind: 'ndarray', dtype: target, shape, data: items.map((item) => castElement(item, target)) };
}

/** Of all elements; the elements of an array have its dtype, whatever they are. */
function commonDtype(value: PyValue): string {
  const items = Array.isArray(value) ? value : kindOf(value) === 'tuple' ? (value as { items: PyValue[] }).items : null;
  if (items === null) return dtypeOf(value);
  if (items.length === 0) return 'float64';
  let found = commonDtype(items[0]!);
  for (let i = 1; i < items.length; i++) found = promote(found, commonDtype(items[i]!));
  return found;
}

function emptyDtype(data: PyValue): string {
  if (data !== null && typeof data === 'object' && 'kind' in data && data.kind === 'ndarray') return data.dtype;
  if (Array.isArray(data)) {
    const typed = data.map(emptyDtype).filter((name) => name !== 'float64');
    if (typed.length > 0) return typed.reduce(promote);
  }
  return 'float64';
}

/** `ndarray.tolist()`: nested lists of Python values. */
export function toList(array: NdArray, box: (value: PyValue, dtype: string) => PyValue): PyValue {
  const build = (shape: readonly number[], start: number): PyValue => {
    if (shape.length === 0) return box(array.data[start]!, array.dtype);
    const [count = 0, ...rest] = shape;
    const size = rest.reduce((product, n) => product * n, 1);
    return Array.from({ length: count }, (_, i) => build(rest, start + i * size));
  };
  return build(array.shape, 0);
}
