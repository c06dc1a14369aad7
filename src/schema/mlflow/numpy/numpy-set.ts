// Puts one Python value into an array of a given dtype, as numpy's `setitem` does: truncates, parses text, refuses what is out of range.

import { withoutEnd } from '../../../text/without-end.js';
import { PyFailure } from '../failure.js';
import { daysFromCivil, floorDiv } from '../python/python-dates.js';
import { parsePythonFloat, parsePythonInt } from '../python/python-number.js';
import { pyStr } from '../python/python-repr.js';
import { className, kindOf, type NdArray, PyDict, type PyObject, type PyValue } from '../python/python-value.js';
import { dtypeKind, intRange, roundFloat, unitOf } from './dtype.js';
import { parseNumpyDate } from './numpy-datetime.js';

const LONG = [-(1n << 63n), (1n << 63n) - 1n] as const;

export function truthOf(value: PyValue): boolean {
  if (value === null || value === false || value === '' || value === 0n || value === 0) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof Uint8Array) return value.length > 0;
  if (value instanceof PyDict) return value.map.size > 0;
  if (typeof value === 'object') {
    if (value.kind === 'scalar') return truthOf(value.value);
    if (value.kind === 'na')
      throw new PyFailure('TypeError', 'boolean value of NA is ambiguous', { tmpl: 'native:na_to_bool' });
    if (value.kind === 'tuple') return value.items.length > 0;
    if (value.kind === 'decimal') return Number(value.text) !== 0;
    if (value.kind === 'ndarray') {
      if (value.data.length === 1) return truthOf(value.data[0]!);
      throw new PyFailure(
        'ValueError',
        'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
        {
          tmpl: 'native:ambiguous',
        },
      );
    }
  }
  return true;
}

function bare(value: PyValue): PyValue {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === 'scalar'
    ? value.value
    : value;
}

const isSequence = (value: PyValue): boolean => ['list', 'tuple', 'ndarray'].includes(kindOf(value));

function notNumber(word: 'int' | 'float', value: PyValue): PyFailure {
  if (word === 'float' && isSequence(value))
    return new PyFailure('ValueError', 'setting an array element with a sequence.', { tmpl: 'native:inhomogeneous' });
  const wanted = word === 'int' ? 'a string, a bytes-like object or a real number' : 'a string or a real number';
  return new PyFailure('TypeError', `${word}() argument must be ${wanted}, not '${className(value)}'`, {
    tmpl: 'native:not_number',
  });
}

/** `int(value)`. */
function toPythonInt(value: PyValue): bigint {
  const v = bare(value);
  if (typeof v === 'bigint') return v;
  if (typeof v === 'boolean') return v ? 1n : 0n;
  if (typeof v === 'number') {
    if (Number.isNaN(v))
      throw new PyFailure('ValueError', 'cannot convert float NaN to integer', { tmpl: 'native:nan_to_int' });
    if (!Number.isFinite(v))
      throw new PyFailure('OverflowError', 'cannot convert float infinity to integer', { tmpl: 'native:overflow' });
    return BigInt(Math.trunc(v));
  }
  if (typeof v === 'string') return parsePythonInt(v);
  if (kindOf(v) === 'decimal') return BigInt(Math.trunc(Number((v as { text: string }).text)));
  if (v instanceof Uint8Array) return parsePythonInt(Buffer.from(v).toString('latin1'));
  throw notNumber('int', value);
}

/** `float(value)`; null is NaN, as numpy's own conversion has it. */
function toPythonFloat(value: PyValue): number {
  const v = bare(value);
  if (typeof v === 'number') return v;
  if (v === null) return Number.NaN;
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (typeof v === 'bigint') {
    const float = Number(v);
    if (!Number.isFinite(float))
      throw new PyFailure('OverflowError', 'int too large to convert to float', { tmpl: 'native:overflow' });
    return float;
  }
  if (typeof v === 'string') return parsePythonFloat(v);
  if (v instanceof Uint8Array) return parsePythonFloat(Buffer.from(v).toString('latin1'));
  if (kindOf(v) === 'decimal') return Number((v as { text: string }).text);
  throw notNumber('float', value);
}

function setInt(value: PyValue, dtype: string): bigint {
  const number = toPythonInt(value);
  const [low, high] = intRange(dtype);
  if (number >= low && number <= high) return number;
  const text =
    dtype === 'int64'
      ? 'Python int too large to convert to C long'
      : `Python integer ${number} out of bounds for ${dtype}`;
  throw new PyFailure('OverflowError', text, { tmpl: 'native:overflow' });
}

/** `str(value)` as numpy stores it: zero characters at the end are lost. */
function setText(value: PyValue): string {
  if (
    (isSequence(value) || kindOf(value) === 'bytearray') &&
    !(kindOf(value) === 'ndarray' && (value as NdArray).shape.length === 0)
  )
    throw new PyFailure('ValueError', 'setting an array element with a sequence', { tmpl: 'native:inhomogeneous' });
  if (value instanceof Uint8Array) {
    if (value.some((byte) => byte > 127))
      throw new PyFailure('UnicodeDecodeError', "'ascii' codec can't decode byte: ordinal not in range(128)", {
        tmpl: 'native:ascii',
      });
    return withoutEnd(Buffer.from(value).toString('latin1'), '\0');
  }
  return withoutEnd(pyStr(value), '\0');
}

function setBytes(value: PyValue): Uint8Array {
  const v = bare(value);
  if (v instanceof Uint8Array) {
    let end = v.length;
    while (end > 0 && v[end - 1] === 0) end--;
    return end === v.length ? v : v.subarray(0, end);
  }
  const text = setText(v);
  for (let i = 0; i < text.length; i++) {
    if (text.charCodeAt(i) > 127)
      throw new PyFailure(
        'UnicodeEncodeError',
        `'ascii' codec can't encode character in position ${i}: ordinal not in range(128)`,
        {
          tmpl: 'native:ascii',
        },
      );
  }
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** Nanoseconds in a unit; months and years go by the calendar. */
const NS: Readonly<Record<string, bigint>> = {
  W: 604_800_000_000_000n,
  D: 86_400_000_000_000n,
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1000n,
  ns: 1n,
};
const FINER: Readonly<Record<string, bigint>> = { ps: 1000n, fs: 1_000_000n, as: 1_000_000_000n };

/** A count of one unit as a count of another, wrapped to 64 bits as numpy's casts are. */
export function convertUnit(count: bigint, from: string, to: string): bigint {
  if (from === to || to === 'generic') return count;
  let value = count;
  let unit = from;
  if (unit === 'Y' || unit === 'M') {
    const months = unit === 'Y' ? value * 12n : value;
    if (to === 'M') return months;
    if (to === 'Y') return floorDiv(months, 12n);
    const years = floorDiv(months, 12n);
    value = daysFromCivil(1970n + years, Number(months - years * 12n) + 1, 1);
    unit = 'D';
  }
  const finer = FINER[unit];
  const ns = finer === undefined ? value * NS[unit]! : floorDiv(value, finer);
  const target = NS[to];
  if (target !== undefined) return BigInt.asIntN(64, floorDiv(ns, target));
  return FINER[to] === undefined ? ns : BigInt.asIntN(64, ns * FINER[to]!);
}

const noDate = (text: string): PyFailure => new PyFailure('ValueError', text, { tmpl: 'native:datetime' });

/** The smallest count is NaT. */
const known = (count: bigint): bigint | null => (count === LONG[0] ? null : count);

function setDate(value: PyValue, dtype: string): bigint | null {
  const unit = unitOf(dtype);
  const v = value;
  if (v === null) return null;
  if (typeof v === 'string') {
    const date = parseNumpyDate(v);
    if (date === null) throw noDate(`Error parsing datetime string "${v}" at position 0`);
    return date.count === null ? null : known(convertUnit(date.count, date.unit, unit));
  }
  if (typeof v === 'boolean') return v ? 1n : 0n;
  if (typeof v === 'bigint') {
    if (v < LONG[0] || v > LONG[1])
      throw new PyFailure('OverflowError', 'Python int too large to convert to C long', { tmpl: 'native:overflow' });
    return known(v);
  }
  if (typeof v === 'object' && !Array.isArray(v) && 'kind' in v) {
    const object = v as PyObject;
    if (object.kind === 'nat') return null;
    if (object.kind === 'scalar' && object.dtype.startsWith('datetime64'))
      return object.value === null ? null : convertUnit(object.value as bigint, unitOf(object.dtype), unit);
    if (object.kind === 'date') return convertUnit(BigInt(object.days), 'D', unit);
    if (object.kind === 'datetime') return convertUnit(object.us - BigInt(object.offset ?? 0) * 1_000_000n, 'us', unit);
    if (object.kind === 'timestamp') return convertUnit(object.ns, 'ns', unit);
  }
  throw noDate('Could not convert object to NumPy datetime');
}

/** The element as an array of `dtype` holds it. */
export function setElement(value: PyValue, dtype: string): PyValue {
  switch (dtypeKind(dtype === 'str' ? 'numpy-str' : dtype)) {
    case 'b':
      return truthOf(value);
    case 'i':
    case 'u':
      return setInt(value, dtype);
    case 'f':
      return roundFloat(toPythonFloat(value), dtype);
    case 'U':
      return setText(bare(value));
    case 'S':
      return setBytes(value);
    case 'M':
      return setDate(value, dtype);
    default:
      return value;
  }
}
