// Turns nested values into what Python passes on, or refuses them, by Array, Object and Map types (`_enforce_type` and its
// parts).
import { describeType } from '../describe-schema.js';
import type { ColumnType, ScalarName } from '../types.js';
import { enforceScalar, firstValue, isNumpyScalar } from './enforce-scalar.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { dtypeKind, unitOf } from './numpy/dtype.js';
import { castElement, npArray, rowsOf } from './numpy/numpy-array.js';
import { convertUnit, setElement, truthOf } from './numpy/numpy-set.js';
import { inferObjectArray, inferValues, isNaNFloat } from './pandas/pandas-infer.js';
import { pyStr, reprString } from './python/python-repr.js';
import { className, kindOf, type NdArray, PyDict, type PyValue, type Series } from './python/python-value.js';

const isNone = (value: PyValue): boolean =>
  value === null || isNaNFloat(value) || kindOf(value) === 'na' || kindOf(value) === 'nat';

/** `data == {}`: numpy compares element by element, and only a single answer has a truth value. */
function emptyDict(value: PyValue): boolean {
  if (kindOf(value) !== 'ndarray') return value instanceof PyDict && value.map.size === 0;
  const { data } = value as NdArray;
  if (data.length !== 1)
    throw new PyFailure(
      'ValueError',
      'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
      {
        tmpl: 'native:ambiguous',
      },
    );
  return emptyDict(data[0]!);
}

export function enforceType(value: PyValue, type: ColumnType, required = true): PyValue {
  switch (type.kind) {
    case 'scalar':
      return enforceLeaf(value, type.scalar, required);
    case 'array':
      return enforceArray(value, type.items, required);
    case 'sparkml_vector':
      return enforceArray(value, { kind: 'scalar', scalar: 'double' }, required);
    case 'object':
      return enforceObject(value, type, required);
    case 'map':
      return enforceMap(value, type.values, required);
    case 'any':
      return value;
  }
}

/** A Series of one value, as `pd.Series(scalar)`. */
function seriesOf(value: PyValue): Series {
  const kind = kindOf(value);
  if (kind === 'scalar') {
    const { dtype, value: inner } = value as { dtype: string; value: PyValue };
    return { kind: 'series', name: null, dtype: dtype === 'bytes' ? 'object' : dtype, data: [inner] };
  }
  return { kind: 'series', name: null, ...inferValues([value]) };
}

function enforceLeaf(value: PyValue, type: ScalarName, required: boolean): PyValue {
  if (!required && isNone(value)) return null;
  if (!isNumpyScalar(value))
    throw mlflowFailure('expected_scalar', `Expected data to be scalar, got ${className(value)}`, {
      type: className(value),
    });
  try {
    return firstValue(enforceScalar('', seriesOf(value), type));
  } catch (error) {
    if (!(error instanceof PyFailure) || error.exc !== 'MlflowException') throw error;
    throw mlflowFailure('dtype_scalar', `Failed to enforce schema of data \`${pyStr(value)}\` with dtype \`${type}\``, {
      data: pyStr(value),
      dtype: type,
    });
  }
}

/** `pd.Series(list or ndarray)`. */
function seriesFrom(value: PyValue): Series {
  if (Array.isArray(value)) return { kind: 'series', name: null, ...inferValues(value) };
  const array = value as NdArray;
  if (array.shape.length > 1) throw new PyFailure('ValueError', 'Data must be 1-dimensional', { tmpl: 'native:dims' });
  if (array.shape.length === 0) return seriesOf({ kind: 'scalar', dtype: array.dtype, value: array.data[0]! });
  const typed =
    array.dtype === 'object'
      ? inferObjectArray(array.data)
      : { dtype: array.dtype === 'bytes' ? 'object' : array.dtype, data: array.data };
  return { kind: 'series', name: null, ...typed };
}

function lengthOf(value: PyValue[] | NdArray): number {
  if (Array.isArray(value)) return value.length;
  const [count] = value.shape;
  if (count === undefined) throw new PyFailure('TypeError', 'len() of unsized object', { tmpl: 'native:dims' });
  return count;
}

export function enforceArray(value: PyValue, items: ColumnType, required = true): PyValue {
  const isList = Array.isArray(value) || kindOf(value) === 'ndarray';
  if (!required || items.kind === 'any') {
    if (value === null || (isList && lengthOf(value as PyValue[] | NdArray) === 0)) return value;
  }
  if (!isList)
    throw mlflowFailure('expected_list', `Expected data to be list or numpy array, got ${className(value)}`, {
      type: className(value),
    });
  const given = value as PyValue[] | NdArray;
  if (items.kind === 'scalar') {
    if (lengthOf(given) === 0) return value;
    const enforced = toNumpy(enforceScalar('', seriesFrom(given), items.scalar), items.scalar);
    return Array.isArray(given) ? listOf(enforced) : enforced;
  }
  const parts = (Array.isArray(given) ? given : rowsOf(given)).map((item) => enforceType(item, items, required));
  return Array.isArray(given) ? parts : npArray(parts);
}

/** `Series.to_numpy(dtype)`: missing text is "nan", and then pandas 3 keeps one character of each (`["hello", null]` → `["h", "n"]`). */
function toNumpy(series: Series, type: ScalarName): NdArray {
  const { dtype, data } = series;
  const shape = [data.length];
  switch (type) {
    case 'string':
    case 'binary': {
      const target = type === 'string' ? 'str' : 'bytes';
      const cut = dtype === 'str' && data.includes(null);
      const values = data.map((item) => {
        if (dtype !== 'str') return setElement(item, target);
        const text = item === null ? 'nan' : (item as string);
        return setElement(cut ? [...text].slice(0, 1).join('') : text, target);
      });
      return { kind: 'ndarray', dtype: target, shape, data: values };
    }
    case 'boolean':
      return { kind: 'ndarray', dtype: 'bool', shape, data: dtype === 'object' ? data.map(truthOf) : data };
    case 'datetime': {
      const unit = unitOf(dtype);
      return {
        kind: 'ndarray',
        dtype: 'datetime64[ns]',
        shape,
        data: data.map((d) => (d === null ? null : convertUnit(d as bigint, unit, 'ns'))),
      };
    }
    default: {
      const target = { integer: 'int32', long: 'int64', float: 'float32', double: 'float64' }[type];
      return { kind: 'ndarray', dtype: target, shape, data: data.map((item) => castElement(item, target)) };
    }
  }
}

/** `tolist()`; dates become Timestamps. */
function listOf(array: NdArray): PyValue[] {
  if (dtypeKind(array.dtype) !== 'M') return array.data;
  return array.data.map((ns) => (ns === null ? { kind: 'nat' } : { kind: 'timestamp', ns: ns as bigint }));
}

type ObjectType = Extract<ColumnType, { kind: 'object' }>;

const setText = (names: readonly string[]): string => `{${names.map(reprString).join(', ')}}`;

/** Changes the dict in place, as Python does. */
export function enforceObject(value: PyValue, type: ObjectType, required = true): PyValue {
  if (!required && (value === null || emptyDict(value))) return value;
  if (!(value instanceof PyDict))
    throw mlflowFailure(
      'expected_dict_object',
      `Failed to enforce schema of '${pyStr(value)}' with type '${describeType(type)}'. Expected data to be dictionary, got ${className(value)}`,
      { type: className(value) },
    );
  const properties = new Map(type.properties.map((property) => [property.name, property]));
  const missing = type.properties.filter((p) => p.required && !value.map.has(p.name)).map((p) => p.name);
  if (missing.length > 0) throw setFailure('missing_props', 'Missing required properties: ', missing);
  const invalid = [...value.map.keys()].filter((key) => !properties.has(key as string)).map(pyStr);
  if (invalid.length > 0)
    throw setFailure('invalid_props', 'Invalid properties not defined in the schema found: ', invalid);
  for (const [key, item] of value.map) {
    const property = properties.get(key as string)!;
    try {
      value.map.set(key, enforceType(item, property.type, property.required));
    } catch (error) {
      if (!(error instanceof PyFailure) || error.exc !== 'MlflowException') throw error;
      const want = property.type.kind === 'scalar' ? property.type.scalar : property.type.kind;
      throw mlflowFailure(
        'property',
        `Failed to enforce schema for key \`${pyStr(key)}\`. Expected type ${want}, received type ${className(item)}`,
        { key: pyStr(key), want, got: className(item) },
      );
    }
  }
  return value;
}

function setFailure(tmpl: string, text: string, names: readonly string[]): PyFailure {
  const sorted = [...names].sort();
  return new PyFailure('MlflowException', text + setText(names), {
    tmpl,
    args: { props: sorted },
    // Python prints a set, in an order of its own.
    exact: names.length === 1,
  });
}

export function enforceMap(value: PyValue, values: ColumnType, required = true): PyValue {
  if ((!required || values.kind === 'any') && (value === null || emptyDict(value))) return value;
  if (!(value instanceof PyDict))
    throw mlflowFailure('expected_dict_map', `Expected data to be a dict, got ${className(value)}`, {
      type: className(value),
    });
  if ([...value.map.keys()].some((key) => typeof key !== 'string'))
    throw mlflowFailure('map_keys', 'Expected all keys in the map type data are string type.');
  return new PyDict([...value.map].map(([key, item]) => [key, enforceType(item, values, required)] as const));
}
