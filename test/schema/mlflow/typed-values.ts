// The typed values of recorded cases: into Python values and back.

import { dtypeKind, unitOf } from '../../../src/schema/mlflow/numpy/dtype.js';
import { parseNumpyDate } from '../../../src/schema/mlflow/numpy/numpy-datetime.js';
import { convertUnit } from '../../../src/schema/mlflow/numpy/numpy-set.js';
import { dateText, dateTimeText } from '../../../src/schema/mlflow/python/python-dates.js';
import { PyDict, type PyObject, type PyValue, type Series } from '../../../src/schema/mlflow/python/python-value.js';

// biome-ignore lint/suspicious/noExplicitAny: recorded values are JSON of many shapes.
type Json = any;

const SAFE = 2n ** 53n;

function isoNs(text: string): bigint | null {
  const date = parseNumpyDate(text);
  return date === null || date.count === null ? null : convertUnit(date.count, date.unit, 'ns');
}

const float = (value: Json): number =>
  typeof value === 'string' ? Number(value === 'NaN' ? Number.NaN : value) : value;

function element(value: Json, dtype: string): PyValue {
  if (value === null) return null;
  switch (dtypeKind(dtype)) {
    case 'i':
    case 'u':
      return typeof value === 'object' ? BigInt(value.i) : BigInt(value);
    case 'f':
      return float(value);
    case 'M': {
      const ns = value === 'NaT' ? null : isoNs(value);
      return ns === null ? null : convertUnit(ns, 'ns', unitOf(dtype));
    }
    case 'm':
      return value === 'NaT' ? null : BigInt(value);
    case 'c':
      return { kind: 'other', cls: 'complex', repr: String(value) };
    case 'S':
      return Uint8Array.from(Buffer.from(value, 'base64'));
    case 'b':
      return value;
    default:
      return dtype === 'object' || dtype === 'category' ? decode(value) : value;
  }
}

function flatten(value: Json, depth: number): Json[] {
  return depth === 0 ? [value] : (value as Json[]).flatMap((item) => flatten(item, depth - 1));
}

export function decode(value: Json): PyValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(decode);
  if ('i' in value) return BigInt(value.i);
  if ('f' in value) return float(value.f);
  if ('b64' in value) {
    const bytes = Uint8Array.from(Buffer.from(value.b64, 'base64'));
    return value.ba ? { kind: 'bytearray', bytes } : bytes;
  }
  if ('na' in value) return { kind: 'na' };
  if ('dt' in value) {
    if (value.dt === 'NaT') return { kind: 'nat' };
    // pandas keeps microseconds unless the text has more digits.
    const unit = /\.\d{7,}/.test(value.dt) ? 'ns' : 'us';
    return { kind: 'timestamp', ns: isoNs(value.dt)!, unit, ...('tz' in value ? { tz: value.tz } : {}) };
  }
  if ('td' in value) return { kind: 'timedelta', ns: BigInt(value.td) };
  if ('pydt' in value) {
    const zone = /(?<sign>[-+])(?<h>\d\d):(?<m>\d\d)$/.exec(value.pydt)?.groups;
    const ns = isoNs(zone ? value.pydt.slice(0, -6) : value.pydt)!;
    if (!zone) return { kind: 'datetime', us: ns / 1000n };
    const offset = (zone.sign === '-' ? -1 : 1) * (Number(zone.h) * 3600 + Number(zone.m) * 60);
    return { kind: 'datetime', us: ns / 1000n, offset };
  }
  if ('date' in value) return { kind: 'date', days: Number(parseNumpyDate(value.date)!.count) };
  if ('dec' in value) return { kind: 'decimal', text: value.dec };
  if ('np' in value) return { kind: 'scalar', dtype: value.np, value: element(value.v, value.np) };
  if ('tup' in value) return { kind: 'tuple', items: value.tup.map(decode) };
  if ('o' in value)
    return new PyDict(
      value.o.map(([key, item]: [Json, Json]) => [typeof key === 'string' ? key : decode(key), decode(item)]),
    );
  switch (value.t) {
    case 'nd': {
      const data = flatten(value.v, value.s.length);
      return { kind: 'ndarray', dtype: value.d, shape: value.s, data: data.map((item) => element(item, value.d)) };
    }
    case 'df': {
      const columns = value.cols.map((c: Json) => column(c));
      const index = value.index === undefined ? {} : { index: value.index.map(decode) };
      return { kind: 'dataframe', rows: value.rows, columns, ...index };
    }
    default:
      return column(value);
  }
}

function column(c: Json): Series {
  const name = typeof c.n === 'number' ? BigInt(c.n) : c.n;
  return { kind: 'series', name, dtype: c.d, data: c.v.map((item: Json) => cell(element(item, c.d))) };
}

/** Putting an array of one element into a cell, as the recorder did, leaves an array of no dimensions. */
function cell(value: PyValue): PyValue {
  const single =
    value !== null &&
    typeof value === 'object' &&
    'kind' in value &&
    value.kind === 'ndarray' &&
    value.shape.length === 1 &&
    value.shape[0] === 1;
  return single ? { ...value, shape: [] } : value;
}

const int = (value: bigint): Json => (value >= -SAFE && value <= SAFE ? Number(value) : { i: String(value) });

function floatJson(value: number): Json {
  if (Number.isNaN(value)) return 'NaN';
  return Number.isFinite(value) ? value : value > 0 ? 'Infinity' : '-Infinity';
}

const nine = (ns: bigint): string => {
  const text = dateTimeText(ns);
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(9, '0')}`;
};

function encodeElement(value: PyValue, dtype: string): Json {
  const kind = dtypeKind(dtype);
  if (kind === 'M') return value === null ? 'NaT' : nine(convertUnit(value as bigint, unitOf(dtype), 'ns'));
  if (kind === 'm') return value === null ? 'NaT' : String(value);
  if (value === null) return null;
  if (kind === 'i' || kind === 'u') return int(value as bigint);
  if (kind === 'f') return floatJson(value as number);
  if (kind === 'S') return Buffer.from(value as Uint8Array).toString('base64');
  if (kind === 'b') return value;
  return dtype === 'object' ? encode(value) : (value as Json);
}

function nest(items: Json[], shape: readonly number[]): Json {
  if (shape.length === 0) return items[0];
  const [count = 0, ...rest] = shape;
  const size = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: count }, (_, i) => nest(items.slice(i * size, (i + 1) * size), rest));
}

function encodeColumn(c: Series): Json {
  return { n: label(c.name), d: c.dtype, v: c.data.map((item) => encodeElement(item, c.dtype)) };
}

function label(name: PyValue): Json {
  if (name === null || typeof name === 'string') return name;
  return typeof name === 'bigint' ? Number(name) : { name: String(name) };
}

export function encode(value: PyValue): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return int(value);
  if (typeof value === 'number') return { f: floatJson(value) };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Uint8Array) return { b64: Buffer.from(value).toString('base64') };
  if (value instanceof PyDict)
    return { o: [...value.map].map(([key, item]) => [typeof key === 'string' ? key : encode(key), encode(item)]) };
  return encodeObject(value);
}

function encodeObject(value: PyObject): Json {
  switch (value.kind) {
    case 'nat':
      return { dt: 'NaT' };
    case 'na':
      return { na: true };
    case 'bytearray':
      return { b64: Buffer.from(value.bytes).toString('base64'), ba: true };
    case 'timestamp':
      return value.tz === undefined ? { dt: nine(value.ns) } : { dt: nine(value.ns), tz: value.tz };
    case 'datetime': {
      const iso = dateTimeText(value.us * 1000n);
      if (value.offset === undefined) return { pydt: iso };
      const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
      const size = Math.abs(value.offset) / 60;
      return { pydt: `${iso}${value.offset < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}` };
    }
    case 'date':
      return { date: dateText(value.days) };
    case 'timedelta':
      return { td: String(value.ns) };
    case 'decimal':
      return { dec: value.text };
    case 'scalar':
      return {
        np: value.dtype === 'bytes' ? `|S${(value.value as Uint8Array).length}` : value.dtype,
        v: encodeElement(value.value, value.dtype),
      };
    case 'tuple':
      return { tup: value.items.map(encode) };
    case 'ndarray':
      return {
        t: 'nd',
        d: value.dtype,
        s: value.shape,
        v: nest(
          value.data.map((item) => encodeElement(item, value.dtype)),
          value.shape,
        ),
      };
    case 'series':
      return { t: 'series', ...encodeColumn(value) };
    case 'dataframe': {
      const made: Json = { t: 'df', rows: value.rows, cols: value.columns.map(encodeColumn) };
      const index = value.index?.map((item) => (typeof item === 'number' ? floatJson(item) : encode(item)));
      // The recorder left out an index that equals 0 … n−1 to Python: False is 0.
      if (index?.some((item, i) => (typeof item === 'boolean' ? Number(item) : item) !== i)) made.index = index;
      return made;
    }
    default:
      return { py: value.cls, r: value.repr };
  }
}

/** FORMAT.md: `str` and `object` columns are the same thing, and so are null and NaN in them; numpy's text is text. */
export function normal(value: Json, text = false): Json {
  if (Array.isArray(value)) return value.map((item) => normal(item, text));
  if (value === null || typeof value !== 'object') return value;
  if (text && value.f === 'NaN') return null;
  if (value.np !== undefined && /^(?:<U|str)/.test(String(value.np))) return value.v;
  const inText = value.d === 'object' || value.d === 'str' || text;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'd' && item === 'str' ? 'object' : normal(item, key === 'v' ? inText : text),
    ]),
  );
}
