// Turns Python's values into the text `repr` and `str` give.

import { zoneOffset } from '../../zone-offset.js';
import { printArray, reprArray } from '../numpy/numpy-print.js';
import { DAY_NS, dateText, dateTimeText, floorDiv } from './python-dates.js';
import { reprFloat } from './python-float.js';
import { className, PyDict, type PyValue } from './python-value.js';

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;

function escapePoint(letter: string, quote: string): string {
  if (letter === '\\' || letter === quote) return `\\${letter}`;
  if (letter === '\n') return '\\n';
  if (letter === '\r') return '\\r';
  if (letter === '\t') return '\\t';
  if (letter === ' ' || !UNPRINTABLE.test(letter)) return letter;
  const point = letter.codePointAt(0)!;
  if (point < 0x100) return `\\x${point.toString(16).padStart(2, '0')}`;
  if (point < 0x10000) return `\\u${point.toString(16).padStart(4, '0')}`;
  return `\\U${point.toString(16).padStart(8, '0')}`;
}

export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (/^[ !#-&(-[\]-~]*$/.test(text)) return quote + text + quote;
  let out = quote;
  for (const letter of text) out += escapePoint(letter, quote);
  return out + quote;
}

/** The ' of a bytearray is always escaped. */
function reprBytes(bytes: Uint8Array, array = false): string {
  let hasSingle = false;
  let hasDouble = false;
  for (const byte of bytes) {
    if (byte === 39) hasSingle = true;
    if (byte === 34) hasDouble = true;
  }
  const quote = hasSingle && !hasDouble ? 34 : 39;
  let out = '';
  for (const byte of bytes) {
    if (byte === 92 || byte === (array ? 39 : quote)) out += `\\${String.fromCharCode(byte)}`;
    else if (byte === 9) out += '\\t';
    else if (byte === 10) out += '\\n';
    else if (byte === 13) out += '\\r';
    else if (byte >= 32 && byte < 127) out += String.fromCharCode(byte);
    else out += `\\x${byte.toString(16).padStart(2, '0')}`;
  }
  const mark = String.fromCharCode(quote);
  return `b${mark}${out}${mark}`;
}

export function pyRepr(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return reprFloat(value);
  if (typeof value === 'string') return reprString(value);
  if (value instanceof Uint8Array) return reprBytes(value);
  if (Array.isArray(value)) return `[${value.map(pyRepr).join(', ')}]`;
  if (value instanceof PyDict)
    return `{${[...value.map].map(([key, item]) => `${pyRepr(key)}: ${pyRepr(item)}`).join(', ')}}`;
  switch (value.kind) {
    case 'tuple':
      return value.items.length === 1 ? `(${pyRepr(value.items[0]!)},)` : `(${value.items.map(pyRepr).join(', ')})`;
    case 'nat':
      return 'NaT';
    case 'na':
      return '<NA>';
    case 'decimal':
      return `Decimal('${value.text}')`;
    case 'date': {
      const [year, month, day] = dateText(value.days).split('-').map(Number);
      return `datetime.date(${year}, ${month}, ${day})`;
    }
    case 'datetime':
      return reprDateTime(value.us, value.offset);
    case 'bytearray':
      return `bytearray(${reprBytes(value.bytes, true)})`;
    case 'scalar':
      if (typeof value.value === 'boolean') return value.value ? 'np.True_' : 'np.False_';
      if (value.dtype.startsWith('datetime64')) return `np.datetime64('${pyStr(value)}')`;
      return `np.${className(value)}(${pyRepr(value.value)})`;
    case 'timestamp':
      return `Timestamp('${timestampText(value.ns, value.tz, ' ').replace(/([-+]\d\d):(\d\d)$/, '$1$2')}'${value.tz === undefined ? '' : `, tz='${value.tz}'`})`;
    case 'ndarray':
      return reprArray(value, pyRepr);
    case 'other':
      return value.repr;
    default:
      return `<${className(value)}>`;
  }
}

function reprDateTime(us: bigint, offset: number | undefined): string {
  const text = dateTimeText(us * 1000n);
  const [year, month, day, hour, minute, second, fraction] = text.split(/[-T:.]/).map(Number);
  const tail = fraction === undefined ? (second === 0 ? '' : `, ${second}`) : `, ${second}, ${fraction}`;
  let zone = '';
  if (offset === 0) zone = ', tzinfo=datetime.timezone.utc';
  else if (offset !== undefined)
    zone = `, tzinfo=datetime.timezone(datetime.timedelta(${offset < 0 ? 'days=-1, ' : ''}seconds=${offset < 0 ? offset + 86_400 : offset}))`;
  return `datetime.datetime(${year}, ${month}, ${day}, ${hour}, ${minute}${tail}${zone})`;
}

/** `str(value)`: as `repr` but for text, dates and numpy's scalars. */
export function pyStr(value: PyValue): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return pyRepr(value);
  if (value instanceof Uint8Array || value instanceof PyDict) return pyRepr(value);
  switch (value.kind) {
    case 'date':
      return dateText(value.days);
    case 'datetime':
      return dateTimeText(value.us * 1000n, ' ') + offsetText(value.offset);
    case 'timestamp':
      return timestampText(value.ns, value.tz, ' ');
    case 'decimal':
      return value.text;
    case 'timedelta':
      return timedeltaText(value.ns);
    case 'ndarray':
      return printArray(value, pyRepr, pyStr);
    case 'scalar':
      if (value.dtype.startsWith('datetime64'))
        return value.value === null ? 'NaT' : numpyDateText(value.value as bigint, value.dtype);
      return pyStr(value.value);
    default:
      return pyRepr(value);
  }
}

/** numpy prints all digits of the unit. */
function numpyDateText(count: bigint, dtype: string): string {
  const digits = { s: 0, ms: 3, us: 6 }[/\[(?<unit>\w+)/.exec(dtype)?.groups?.unit ?? ''] ?? 9;
  const [whole = '', fraction = ''] = dateTimeText(count * 10n ** BigInt(9 - digits)).split('.');
  return digits === 0 ? whole : `${whole}.${fraction.padEnd(9, '0').slice(0, digits)}`;
}

/** As `str` (a blank) or `isoformat` (T) of a Timestamp: the local time and its offset. */
export function timestampText(ns: bigint, zone: string | undefined, separator: string): string {
  if (zone === undefined) return dateTimeText(ns, separator);
  const offset = zoneOffset(zone, ns);
  return dateTimeText(ns + BigInt(offset) * 1_000_000_000n, separator) + offsetText(offset);
}

/** `str(Timedelta)`: `0 days 00:03:09.580697953`. */
function timedeltaText(ns: bigint): string {
  const days = floorDiv(ns, DAY_NS);
  const time = dateTimeText(ns - days * DAY_NS).slice(11);
  return `${days} days ${days < 0n ? '+' : ''}${time}`;
}

function offsetText(offset: number | undefined): string {
  if (offset === undefined) return '';
  const minutes = Math.abs(offset) / 60;
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}
