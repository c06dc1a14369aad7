// Turns one value into Python's own type by the type and shape of a param, or refuses it (`ParamSpec.validate_type_and_shape`).

import { describeParam } from '../describe-schema.js';
import type { ColumnType, ParamSpec, ScalarName } from '../types.js';
import { enforceObject } from './enforce-nested.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { unitOf } from './numpy/dtype.js';
import { parseNumpyDate } from './numpy/numpy-datetime.js';
import { civilFromDays, daysFromCivil, floorDiv } from './python/python-dates.js';
import { pyRepr, pyStr } from './python/python-repr.js';
import { className, kindOf, type NdArray, PyDict, type PyValue } from './python/python-value.js';

export function checkParam(spec: ParamSpec, value: PyValue): PyValue {
  const { type, shape } = spec;
  const list = shape !== null && shape.length === 1 && shape[0] === -1;
  if (list && !isOneDimensional(value))
    throw mlflowFailure(
      'param_shape',
      `Value must be a 1D array with shape (-1,) for param ${describeParam(spec)}, received ${className(value)} with ndim ${dimensions(value)}`,
    );
  try {
    if (shape === null && type.kind === 'scalar') return paramScalar(value, type.scalar);
    if (shape === null) {
      checkObject(value, type);
      return value;
    }
    if (list) return elementsOf(value).map((item) => paramElement(item, type));
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    throw mlflowFailure(
      'param_value',
      `Failed to validate type and shape for ${describeParam(spec)}, error: ${error.message}`,
    );
  }
  throw mlflowFailure(
    'param_shape',
    `Shape must be None for scalar or dictionary value, or (-1,) for 1D array value for ParamSpec ${describeParam(spec)}), received ${shapeText(shape)}`,
  );
}

function shapeText(shape: readonly number[] | null): string {
  return shape === null ? 'None' : pyRepr({ kind: 'tuple', items: shape.map((size) => BigInt(Math.trunc(size))) });
}

/** A copy of the value is checked: the model gets it as it was sent. */
function checkObject(value: PyValue, type: ColumnType): void {
  if (type.kind === 'object') enforceObject(copyOf(value), type);
}

function copyOf(value: PyValue): PyValue {
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof PyDict) return new PyDict([...value.map].map(([key, item]) => [key, copyOf(item)] as const));
  return value;
}

function paramElement(value: PyValue, type: ColumnType): PyValue {
  if (type.kind === 'scalar') return paramScalar(value, type.scalar);
  if (value === null) return null;
  throw new PyFailure('AttributeError', "'Object' object has no attribute 'to_numpy'");
}

function isOneDimensional(value: PyValue): boolean {
  const kind = kindOf(value);
  if (kind === 'ndarray') return (value as NdArray).shape.length === 1;
  return Array.isArray(value) && value.every((item) => !isSequence(item));
}

function isSequence(value: PyValue): boolean {
  const kind = kindOf(value);
  return (
    kind === 'list' ||
    kind === 'tuple' ||
    kind === 'series' ||
    (kind === 'ndarray' && (value as NdArray).shape.length > 0)
  );
}

function dimensions(value: PyValue): number {
  if (kindOf(value) === 'ndarray') return (value as NdArray).shape.length;
  const items = Array.isArray(value) ? value : kindOf(value) === 'tuple' ? (value as { items: PyValue[] }).items : null;
  if (items === null) return 0;
  const depths = new Set(items.map((item) => sizes(item)));
  if (depths.size > 1)
    throw new PyFailure(
      'ValueError',
      'setting an array element with a sequence. The requested array has an inhomogeneous shape after 1 dimensions.',
      { tmpl: 'native:inhomogeneous' },
    );
  return 1 + (items.length === 0 ? 0 : dimensions(items[0]!));
}

function sizes(value: PyValue): string {
  if (Array.isArray(value)) return `${value.length},${value.length > 0 ? sizes(value[0]!) : ''}`;
  return '';
}

function elementsOf(value: PyValue): PyValue[] {
  if (Array.isArray(value)) return value;
  const array = value as NdArray;
  return array.dtype === 'object'
    ? array.data
    : array.data.map((item) => ({ kind: 'scalar', dtype: array.dtype, value: item }));
}

/** The classes `DataType.check_type` takes for each type, by className. */
const CLASSES: Readonly<Record<ScalarName, readonly string[]>> = {
  boolean: ['bool'],
  integer: ['int', 'int32'],
  long: ['int', 'int64'],
  float: ['float', 'float32'],
  double: ['float', 'float64'],
  string: ['str', 'str_'],
  binary: ['bytes', 'bytes_', 'bytearray'],
  datetime: [],
};
const WIDER: Readonly<Partial<Record<ScalarName, readonly ScalarName[]>>> = {
  long: ['integer'],
  float: ['integer', 'long'],
  double: ['integer', 'long', 'float'],
};

/** `_enforce_param_datatype`: exact Python types, ints also for floats; null always passes. */
function paramScalar(value: PyValue, type: ScalarName): PyValue {
  if (value === null) return null;
  if (type === 'datetime') return paramDate(value);
  const kind = kindOf(value);
  if (!['bool', 'int', 'float', 'str', 'bytes', 'decimal', 'scalar'].includes(kind))
    throw mlflowFailure('param_value', `Value must be a scalar for type \`DataType.${type}\`, got \`${pyStr(value)}\``);
  const name = className(value);
  const fits = (candidate: ScalarName) => CLASSES[candidate].includes(name);
  if (fits(type) || WIDER[type]?.some(fits))
    return toPython(kind === 'scalar' ? (value as { value: PyValue }).value : value, type);
  throw mlflowFailure(
    'param_value',
    `Can not safely convert \`<class '${qualified(value)}'>\` to \`DataType.${type}\` for value \`${pyStr(value)}\``,
  );
}

function qualified(value: PyValue): string {
  const name = className(value);
  if (name === 'ndarray') return 'numpy.ndarray';
  if (kindOf(value) === 'scalar') return `numpy.${name}`;
  return name === 'Decimal' ? 'decimal.Decimal' : name;
}

function toPython(value: PyValue, type: ScalarName): PyValue {
  if (type !== 'float' && type !== 'double') return value;
  const float = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw new PyFailure('OverflowError', 'int too large to convert to float', { tmpl: 'native:overflow' });
  return float;
}

const UNIT_US: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000n,
  m: 60_000_000n,
  s: 1_000_000n,
  ms: 1000n,
  us: 1n,
};

/** `np.datetime64(value).item()`: a date, a datetime, None for NaT; anything finer or out of Python's years is refused. */
function paramDate(value: PyValue): PyValue {
  const failed = () =>
    mlflowFailure(
      'param_value',
      `Failed to convert value \`${pyStr(value)}\` from type \`<class '${qualified(value)}'>\` to \`DataType.datetime\``,
    );
  if (value !== null && typeof value === 'object' && !Array.isArray(value) && 'kind' in value) {
    if (value.kind === 'date' || (value.kind === 'datetime' && value.offset === undefined)) return value;
    if (value.kind === 'nat') return null;
    if (value.kind === 'scalar' && value.dtype.startsWith('datetime64')) {
      const count = value.value as bigint | null;
      return count === null ? null : itemOf({ unit: unitOf(value.dtype), count }, value);
    }
  }
  const date = typeof value === 'string' ? parseNumpyDate(value) : null;
  if (date === null) throw failed();
  return date.count === null ? null : itemOf({ unit: date.unit, count: date.count }, value);
}

/** `datetime64.item()`: an int, which is refused, where Python's dates cannot hold it. */
function itemOf(date: { readonly unit: string; readonly count: bigint }, value: PyValue): PyValue {
  const per = UNIT_US[date.unit];
  const us = per === undefined ? null : date.count * per;
  const days = us === null ? dayCount(date.unit, date.count) : floorDiv(us, 86_400_000_000n);
  const year = days === null ? null : civilFromDays(days).year;
  if (days === null || year === null || year < 1n || year > 9999n)
    throw mlflowFailure(
      'param_value',
      `Failed to convert value to \`DataType.datetime\`. It must be convertible to datetime.date/datetime, got \`${pyStr(value)}\``,
    );
  return us === null ? { kind: 'date', days: Number(days) } : { kind: 'datetime', us };
}

function dayCount(unit: string, count: bigint): bigint | null {
  if (unit === 'D') return count;
  if (unit !== 'Y' && unit !== 'M') return null;
  const months = unit === 'Y' ? count * 12n : count;
  const year = 1970n + floorDiv(months, 12n);
  const month = Number(months - floorDiv(months, 12n) * 12n) + 1;
  // The day count is exact for any year; only years 1 to 9999 are used.
  return year < -10_000n || year > 20_000n ? null : daysFromCivil(year, month, 1);
}
