// Turns one column into a scalar type, if the upcast is safe (`_enforce_mlflow_datatype`).

import type { ScalarName } from '../types.js';
import { mlflowFailure, PyFailure } from './failure.js';
import { MISSING_VALUES_HINT } from './hints.js';
import { dtypeKind, itemSize, roundFloat, unitOf } from './numpy/dtype.js';
import { convertUnit } from './numpy/numpy-set.js';
import { objectsToDates } from './pandas/pandas-datetime.js';
import { inferColumnObjects, unboxed } from './pandas/pandas-infer.js';
import { toNumeric } from './pandas/pandas-numeric.js';
import { dateTimeText } from './python/python-dates.js';
import { pyStr } from './python/python-repr.js';
import { kindOf, type PyValue, type Series } from './python/python-value.js';

/** numpy's dtype of each type, as messages print it. */
export const NUMPY_TEXT: Readonly<Record<ScalarName, string>> = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  string: '<U0',
  binary: '|S0',
  datetime: 'datetime64[ns]',
};

const isText = (dtype: string): boolean => dtype === 'str' || dtype === 'string';

export function enforceScalar(name: PyValue, column: Series, type: ScalarName): Series {
  let values = column;
  if (values.dtype === 'object' && type !== 'binary' && type !== 'string')
    values = { ...values, ...inferColumnObjects(values.data) };
  const { dtype, data } = values;
  if (type === 'string' || type === 'binary') {
    if (dtype === 'object' || isText(dtype) || (type === 'binary' && dtypeKind(dtype) === 'S')) return values;
    throw incompatible(name, dtype, type, '');
  }
  const target = NUMPY_TEXT[type];
  if (dtype === target) return values;
  const kind = dtypeKind(dtype);
  if (type === 'datetime' && kind === 'M') return { ...values, ...toNanoseconds(dtype, data) };
  if (type === 'datetime' && dtype === 'object') return { ...values, dtype: target, data: objectDates(name, data) };
  if (type === 'boolean' && dtype === 'object') return values;
  if (type === 'double' && dtype === 'object') return { ...values, ...objectNumbers(name, data) };
  if (isUpcast(dtype, target)) return { ...values, dtype: target, data: upcast(data, dtype, target) };
  if (dtype === 'int64' && (type === 'float' || type === 'double') && data.every((v) => v === 0n || v === 1n))
    return { ...values, dtype: target, data: data.map(Number) };
  const whole =
    dtype === 'float64' &&
    (type === 'integer' || type === 'long') &&
    data.some((v) => Number.isNaN(v)) &&
    allInts(data);
  throw incompatible(name, dtype, type, whole ? MISSING_VALUES_HINT : '');
}

function incompatible(name: PyValue, from: string, type: ScalarName, hint: string): PyFailure {
  const to = NUMPY_TEXT[type];
  return mlflowFailure(
    'incompatible',
    `Incompatible input types for column ${pyStr(name)}. Can not safely convert ${from} to ${to}.${hint}`,
    { column: pyStr(name), from, to, ...(hint === '' ? {} : { hint: true }) },
  );
}

/** Python's `all_ints` stops at an infinity with an OverflowError. */
function allInts(data: readonly PyValue[]): boolean {
  for (const value of data as readonly number[]) {
    if (Number.isNaN(value)) continue;
    if (!Number.isFinite(value))
      throw new PyFailure('OverflowError', 'cannot convert float infinity to integer', { tmpl: 'native:overflow' });
    if (Math.trunc(value) !== value) return false;
  }
  return true;
}

function isUpcast(from: string, to: string): boolean {
  const kind = dtypeKind(from);
  const target = dtypeKind(to);
  if (kind === target) return 'biufc'.includes(kind) && itemSize(from) <= itemSize(to);
  if (kind === 'u' && target === 'i') return itemSize(from) < itemSize(to);
  // "itemsize <= 6": up to 32 bits fit a double.
  return (kind === 'i' || kind === 'u') && to === 'float64' && itemSize(from) <= 6;
}

function upcast(data: readonly PyValue[], from: string, to: string): PyValue[] {
  const kind = dtypeKind(to);
  return data.map((value) => {
    if (value === null) {
      // pandas' nullable columns: only floats have a missing value in numpy.
      if (kind === 'f') return Number.NaN;
      throw new PyFailure('ValueError', `cannot convert NA to ${kind === 'b' ? 'bool' : 'integer'}`, {
        tmpl: kind === 'b' ? 'native:na_to_bool' : 'native:nan_to_int',
      });
    }
    return kind === 'f' && from !== to ? roundFloat(Number(value), to) : value;
  });
}

function toNanoseconds(dtype: string, data: readonly PyValue[]): { dtype: string; data: PyValue[] } {
  if (dtype.includes(','))
    throw new PyFailure(
      'MlflowException',
      'Please ensure that the input data of datetime column only contains timezone-naive datetime objects. Error: ' +
        'Cannot use .astype to convert from timezone-aware dtype to timezone-naive dtype. Use obj.tz_localize(None) or ' +
        "obj.tz_convert('UTC').tz_localize(None) instead.",
      { tmpl: 'datetime_tz' },
    );
  const unit = unitOf(dtype);
  return { dtype: 'datetime64[ns]', data: data.map((v) => (v === null ? null : inRange(v as bigint, unit))) };
}

/** pandas refuses what nanoseconds of 64 bits cannot hold; the smallest count is NaT. */
function inRange(count: bigint, unit: string): bigint {
  const ns = convertUnit(count, unit, 'ns');
  if (convertUnit(ns, 'ns', unit) === count && ns !== -(1n << 63n)) return ns;
  throw new PyFailure(
    'OutOfBoundsDatetime',
    `Out of bounds nanosecond timestamp: ${dateTimeText(count * (NS_PER[unit] ?? 1n), ' ').replace(/\.\d+$/, '')}`,
    { tmpl: 'native:out_of_bounds' },
  );
}

/** Nanoseconds in each unit pandas stores dates in. */
export const NS_PER: Readonly<Record<string, bigint>> = { s: 1_000_000_000n, ms: 1_000_000n, us: 1000n, ns: 1n };

function failedColumn(name: PyValue, type: string): PyFailure {
  return mlflowFailure('datetime_convert', `Failed to convert column ${pyStr(name)} from type object to ${type}.`, {
    column: pyStr(name),
    from: 'object',
    to: type,
  });
}

function objectDates(name: PyValue, data: readonly PyValue[]): PyValue[] {
  try {
    return objectsToDates(data);
  } catch (error) {
    if (error instanceof PyFailure && error.exc === 'ValueError') throw failedColumn(name, 'DataType.datetime');
    throw error;
  }
}

/** `pd.to_numeric`: whatever dtype it finds is kept. */
function objectNumbers(name: PyValue, data: readonly PyValue[]): { dtype: string; data: PyValue[] } {
  try {
    return toNumeric(data);
  } catch (error) {
    if (error instanceof PyFailure && error.exc === 'ValueError') throw failedColumn(name, 'DataType.double');
    throw error;
  }
}

export function firstValue(series: Series): PyValue {
  const value = series.data[0]!;
  const kind = dtypeKind(series.dtype);
  if (series.dtype === 'object' || isText(series.dtype)) return value ?? (isText(series.dtype) ? Number.NaN : null);
  if (kind === 'M')
    return value === null
      ? { kind: 'nat' }
      : { kind: 'timestamp', ns: convertUnit(value as bigint, unitOf(series.dtype), 'ns') };
  return { kind: 'scalar', dtype: series.dtype, value: unboxed(value) };
}

/** Whether `np.isscalar` takes the value. */
export function isNumpyScalar(value: PyValue): boolean {
  const kind = kindOf(value);
  return ['bool', 'int', 'float', 'str', 'bytes', 'decimal', 'scalar'].includes(kind);
}
