// Turns columns into datetime64[ns] as `pd.to_datetime` and `astype("datetime64[ns]")` do.

import { PyFailure } from '../failure.js';
import { dtypeKind } from '../numpy/dtype.js';
import { reprFloat } from '../python/python-float.js';
import { readPythonFloat } from '../python/python-number.js';
import { pyStr } from '../python/python-repr.js';
import { kindOf, type PyValue, type Series } from '../python/python-value.js';
import { guessFormat, type ReadDate, readByFormat, readLoosely } from './date-format.js';
import { dateFacts, isMissing, unboxed } from './pandas-infer.js';

const NAT_WORDS = new Set(['', 'NaT', 'nat', 'NAT', 'nan', 'NaN', 'NAN']);
const INT64 = 1n << 63n;

const bad = (exc: string, text: string): PyFailure => new PyFailure(exc, text, { tmpl: 'native:datetime' });

/** pandas' OutOfBoundsDatetime is a ValueError. */
function outOfBounds(text: string): PyFailure {
  return new PyFailure('ValueError', text, { tmpl: 'native:overflow', args: { class: 'OutOfBoundsDatetime' } });
}

function bounded(ns: bigint, text: string): bigint {
  // The smallest value is NaT.
  if (ns <= -INT64 || ns >= INT64) throw outOfBounds(`Out of bounds nanosecond timestamp: ${text}`);
  return ns;
}

/** Which of its errors pandas raises for a text that is not a date: small numbers are not even tried. */
function unreadable(text: string): PyFailure {
  const number = readPythonFloat(text);
  if (/^-\d{1,4}$|^0\d{1,2}$|^[^\x00-\x7f]$/.test(text) && number !== null)
    return outOfBounds(`Out of bounds nanosecond timestamp: ${text}`);
  if (/^\d{15,}$/.test(text)) return outOfBounds(`Parsing "${text}" to datetime overflows`);
  const unlikely =
    (number !== null && number < 1000 && !text.startsWith('0') && !/[a-z]{3}/i.test(text)) || /^[aAmMpPtT]$/.test(text);
  if (unlikely) return bad('ValueError', `Given date string "${text}" not likely a datetime`);
  return new PyFailure('ValueError', `Unknown datetime string format, unable to parse: ${text}`, {
    tmpl: 'native:datetime',
    args: { class: 'DateParseError' },
  });
}

function readAlone(text: string): ReadDate {
  // Some numbers are read as years near 1, which nanoseconds cannot hold.
  const early =
    /^-\d{1,4}$|^0(?:0?[1-9]|[12]\d|3[01])$|^[^\x00-\x7f]$|^0\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)$/.test(text);
  if (early && (text.includes('-', 1) || readPythonFloat(text) !== null)) return { ns: -(1n << 66n), offset: null };
  const read = readLoosely(text);
  if (read !== null) return read;
  throw unreadable(text);
}

function boundedOrNone(ns: bigint | null, value: PyValue): bigint | null {
  return ns === null ? null : bounded(ns, pyStr(value));
}

function floatToNs(value: number): bigint | null {
  if (Number.isNaN(value)) return null;
  const whole = Math.trunc(value);
  // Out of range the CPU gives the smallest integer, which is NaT.
  return Math.abs(whole) >= 2 ** 63 ? null : BigInt(whole);
}

/** One element of an object column (`array_to_datetime`); the zone's offset if it has one. */
function readObject(value: PyValue): { ns: bigint | null; offset: number | null } {
  if (isMissing(value)) return { ns: null, offset: null };
  const facts = dateFacts(value);
  if (facts !== null) return { ns: facts.ns, offset: facts.zone === null ? null : 0 };
  const plain = unboxed(value);
  if (typeof plain === 'string') {
    if (NAT_WORDS.has(plain)) return { ns: null, offset: null };
    return readAlone(plain);
  }
  if (plain === -INT64) return { ns: null, offset: null };
  if (typeof plain === 'bigint') return { ns: bounded(plain, String(plain)), offset: null };
  if (typeof plain === 'number') {
    if (Math.abs(plain) >= 2 ** 63) throw outOfBounds(`cannot convert input ${reprFloat(plain)} with the unit 'ns'`);
    return { ns: floatToNs(plain), offset: null };
  }
  throw bad('TypeError', `<class '${kindOf(plain)}'> is not convertible to datetime`);
}

/** `astype("datetime64[ns]")` of an object column: no zones. */
export function objectsToDates(data: readonly PyValue[]): PyValue[] {
  const read = data.map((value) => {
    const one = readObject(value);
    return { ns: boundedOrNone(one.ns, value), offset: one.offset };
  });
  if (read.some(({ offset }) => offset !== null)) throw bad('ValueError', 'Mixed timezones detected');
  return read.map(({ ns }) => ns);
}

function readObjects(data: readonly PyValue[]): { dtype: string; data: PyValue[] } {
  const read = data.map(readObject);
  const zones = new Set(read.filter(({ ns }) => ns !== null).map(({ offset }) => offset));
  if (zones.size > 1) throw bad('ValueError', 'Mixed timezones detected. Pass utc=True in to_datetime or tz');
  const [zone] = zones;
  return { dtype: dtypeFor(zone ?? null), data: read.map(({ ns }, i) => boundedOrNone(ns, data[i]!)) };
}

function dtypeFor(offset: number | null): string {
  if (offset === null) return 'datetime64[ns]';
  const minutes = Math.abs(offset) / 60;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return offset === 0
    ? 'datetime64[ns, UTC]'
    : `datetime64[ns, UTC${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}]`;
}

/** All texts must fit the format of the first; other values are matched as their text. */
function readByFirst(data: readonly PyValue[], format: string): { dtype: string; data: PyValue[] } {
  const zones = new Set<number | null>();
  const values = data.map((value, i): bigint | null => {
    if (isMissing(value) || (typeof value === 'string' && NAT_WORDS.has(value))) return null;
    const read = typeof value === 'string' ? readByFormat(value, format) : null;
    if (read === null) throw bad('ValueError', `time data at position ${i} doesn't match format "${format}"`);
    zones.add(read.offset);
    return read.ns;
  });
  if (zones.size > 1) throw bad('ValueError', 'Mixed timezones detected. Pass utc=True in to_datetime or tz');
  const [zone] = zones;
  return { dtype: dtypeFor(zone ?? null), data: values.map((ns, i) => boundedOrNone(ns, data[i]!)) };
}

/** `pd.to_datetime(column)`, in nanoseconds. */
export function toDatetime(column: Series): Series {
  const { dtype, data } = column;
  switch (dtypeKind(dtype)) {
    case 'M':
      return column;
    case 'i':
    case 'u':
      return {
        ...column,
        dtype: 'datetime64[ns]',
        data: data.map((value) => (value === -INT64 ? null : bounded(value as bigint, String(value)))),
      };
    case 'f':
      return { ...column, dtype: 'datetime64[ns]', data: data.map((value) => floatToNs(value as number)) };
    case 'b':
      throw bad('TypeError', "<class 'bool'> is not convertible to datetime");
    default: {
      const first = data.find((value) => !isMissing(value) && !(typeof value === 'string' && NAT_WORDS.has(value)));
      const format = typeof first === 'string' ? guessFormat(first) : null;
      return { ...column, ...(format === null ? readObjects(data) : readByFirst(data, format)) };
    }
  }
}
