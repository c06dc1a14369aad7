// Turns the fields of one CSV column into typed values as pandas' C parser does, with the requested type or an inferred one.
import { MISSING_WORDS } from '../../../data/missing-words.js';
import { PyFailure } from '../failure.js';
import { intRange, roundFloat } from '../numpy/dtype.js';
import { floatToInt } from '../numpy/numpy-convert.js';
import { setElement } from '../numpy/numpy-set.js';
import type { PyValue } from '../python/python-value.js';
import type { TypedValues } from './pandas-infer.js';

const MISSING = new Set(['', ...MISSING_WORDS]);

const TRUE = new Set(['true', 'True', 'TRUE']);
const FALSE = new Set(['false', 'False', 'FALSE']);
const INTEGER = /^[ \t\n\v\f\r]*[-+]?\d+[ \t\n\v\f\r]*$/;
const FLOAT = /^[ \t\n\v\f\r]*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?[ \t\n\v\f\r]*$/;

const INT64 = [-(1n << 63n), (1n << 63n) - 1n] as const;
const UINT64_MAX = (1n << 64n) - 1n;

function integer(text: string): bigint | null {
  if (!INTEGER.test(text)) return null;
  return BigInt(text.trim().replace(/^\+/, ''));
}

/** Null if C reads no number. */
function float(text: string): number | null {
  if (FLOAT.test(text)) return Number(text);
  const word = text.toLowerCase();
  if (/^[-+]?inf(?:inity)?$/.test(word))
    return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return null;
}

interface Read {
  readonly dtype: string;
  readonly data: PyValue[];
  /** How many fields are missing words. */
  readonly missing: number;
}

/** Integers of 64 bits, then unsigned ones; null if a field is neither an integer nor missing. The first such field decides. */
function readInts(fields: readonly string[]): Read | null {
  const values: bigint[] = [];
  let missing = 0;
  for (const text of fields) {
    if (MISSING.has(text)) {
      missing++;
      values.push(INT64[0]);
      continue;
    }
    const value = integer(text);
    if (value === null) return null;
    if (value < INT64[0] || value > INT64[1]) return readUnsigned(fields);
    values.push(value);
  }
  return { dtype: 'int64', data: values, missing };
}

/** Unsigned integers: neither negative nor missing values may be among them. */
function readUnsigned(fields: readonly string[]): Read | null {
  const values: bigint[] = [];
  let missing = 0;
  let signed = false;
  let large = false;
  for (const text of fields) {
    if (MISSING.has(text)) {
      missing++;
      continue;
    }
    if (/^[ \t-\r]*-/.test(text)) {
      signed = true;
      continue;
    }
    const value = integer(text);
    if (value === null) return null;
    if (value > UINT64_MAX) throw new PyFailure('OverflowError', 'Overflow', { tmpl: 'native:overflow' });
    if (value > INT64[1]) large = true;
    values.push(value);
  }
  if (large && (signed || missing > 0)) throw new PyFailure('ValueError', 'Cannot convert to numerical dtype');
  if (signed) throw new PyFailure('OverflowError', 'Overflow', { tmpl: 'native:overflow' });
  return { dtype: 'uint64', data: values, missing: 0 };
}

function readFloats(fields: readonly string[]): Read | null {
  const values: number[] = [];
  let missing = 0;
  for (const text of fields) {
    if (MISSING.has(text)) {
      missing++;
      values.push(Number.NaN);
      continue;
    }
    const value = float(text);
    if (value === null) return null;
    values.push(value);
  }
  return { dtype: 'float64', data: values, missing };
}

function readBools(fields: readonly string[]): Read | null {
  const values: PyValue[] = [];
  let missing = 0;
  for (const text of fields) {
    if (MISSING.has(text)) {
      missing++;
      values.push(null);
    } else if (TRUE.has(text)) values.push(true);
    else if (FALSE.has(text)) values.push(false);
    else return null;
  }
  return { dtype: 'bool', data: values, missing };
}

/** Text; what is missing is NaN. */
function readText(fields: readonly string[]): PyValue[] {
  return fields.map((text) => (MISSING.has(text) ? Number.NaN : text));
}

/** Python's own reading takes underscores between digits. */
function pythonInteger(text: string): bigint | null {
  return /^[ \t-\r]*[-+]?\d+(?:_\d+)*[ \t-\r]*$/.test(text) ? BigInt(text.trim().replace(/^\+|_/g, '')) : null;
}

/** Integers beyond 64 bits stay Python's own; mixed with anything else the column is text, including the missing words. */
function beyond(fields: readonly string[], integers: boolean): Read {
  const values = fields.map((text) => (MISSING.has(text) ? Number.NaN : pythonInteger(text)));
  const own = integers && !values.includes(null);
  return { dtype: 'object', data: own ? values : [...fields], missing: 0 };
}

function infer(fields: readonly string[]): Read {
  try {
    const ints = readInts(fields);
    if (ints !== null && ints.missing === 0) return ints;
    if (ints !== null && ints.missing < fields.length) return readFloats(fields)!;
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    return beyond(fields, error.exc === 'OverflowError');
  }
  return readFloats(fields) ?? readBools(fields) ?? { dtype: 'object', data: readText(fields), missing: 0 };
}

/** A column without a requested type. */
export function inferColumn(fields: readonly string[]): TypedValues {
  const read = infer(fields);
  if (read.dtype === 'bool' && read.missing > 0)
    return { dtype: 'object', data: read.data.map((value) => value ?? Number.NaN) };
  if (read.dtype !== 'object' || read.data.some((value) => typeof value === 'bigint')) return read;
  return { dtype: 'str', data: read.data.map((value) => (typeof value === 'string' ? value : null)) };
}

const unsafe = (dtype: string, found: string, tail = ''): PyFailure =>
  new PyFailure('ValueError', `cannot safely convert passed user dtype of ${dtype} for ${found} dtyped data${tail}`, {
    tmpl: 'native:int_parse',
  });

/** Python's own conversion of text is tried, and what it gives is then never equal to the text. */
function neverEqual(read: Read, dtype: string, column: number): PyFailure {
  for (const value of read.data) setElement(value, dtype);
  return unsafe(dtype, 'object', ` in column ${column}`);
}

/** Casts the inferred values to the requested type, if nothing is lost. */
function castFound(read: Read, dtype: string, column: number): TypedValues {
  if (dtype.startsWith('float')) {
    if (read.dtype === 'object') throw neverEqual(read, dtype, column);
    return { dtype, data: read.data.map((value) => (value === null ? Number.NaN : roundFloat(Number(value), dtype))) };
  }
  if (dtype === 'bool') {
    const truths = read.data.map((value) =>
      read.dtype === 'object' ? setElement(value, 'bool') : Number(value) !== 0,
    );
    const same = read.data.every((value, i) => read.dtype !== 'object' && Number(value) === Number(truths[i]));
    if (!same) throw unsafe(dtype, read.dtype, ` in column ${column}`);
    return { dtype, data: truths };
  }
  if (read.dtype === 'bool') {
    if (read.missing > 0) throw unsafe(dtype, 'bool', ` in column ${column} due to NA values`);
    return { dtype, data: read.data.map((value) => (value ? 1n : 0n)) };
  }
  if (read.dtype === 'object') throw neverEqual(read, dtype, column);
  const values = read.data.map((value) => floatToInt(value as number, dtype));
  if (values.some((value, i) => Number(value) !== read.data[i]))
    throw unsafe(dtype, read.dtype, ` in column ${column}`);
  return { dtype, data: values };
}

/** A column of the requested type: `bool`, `int32`, `int64`, `float32`, `float64`, `object`. */
export function readColumn(fields: readonly string[], dtype: string, column: number): TypedValues {
  if (dtype.startsWith('datetime64'))
    throw new PyFailure(
      'TypeError',
      `the dtype ${dtype} is not supported for parsing, pass this column using parse_dates instead`,
      { tmpl: 'native:datetime' },
    );
  if (dtype === 'object') return { dtype, data: readText(fields) };
  if (dtype.startsWith('int')) {
    const ints = readInts(fields);
    if (ints !== null) {
      if (ints.missing > 0)
        throw new PyFailure('ValueError', `Integer column has NA values in column ${column}`, {
          tmpl: 'native:int_parse',
        });
      const [low, high] = intRange(dtype);
      if (ints.data.some((value) => (value as bigint) < low || (value as bigint) > high))
        throw unsafe(dtype, ints.dtype, ` in column ${column}`);
      return { dtype, data: ints.data };
    }
  } else if (dtype.startsWith('float')) {
    const floats = readFloats(fields);
    if (floats !== null) return { dtype, data: floats.data.map((value) => roundFloat(value as number, dtype)) };
  } else {
    const bools = readBools(fields);
    if (bools !== null) {
      if (bools.missing > 0)
        throw new PyFailure('ValueError', `Bool column has NA values in column ${column}`, {
          tmpl: 'native:bool_parse',
        });
      return bools;
    }
  }
  return castFound(infer(fields), dtype, column);
}
