// Python's values as plain ones: what `json.loads`, numpy and pandas hold, so that MLflow's rules can be expressed with them.
import { isJsonNumber, isJsonObject } from '../../../data/json.js';
import type { JsonValue } from '../../../data/json-types.js';

/** int is bigint, float is number, bytes is Uint8Array, list is an array. */
export type PyValue = null | boolean | bigint | number | string | Uint8Array | PyValue[] | PyDict | PyObject;

/** A dict: keys in the order of first insertion; ints are bigint keys. */
export class PyDict {
  readonly kind = 'dict';
  readonly map: Map<PyValue, PyValue>;

  constructor(entries: Iterable<readonly [PyValue, PyValue]> = []) {
    this.map = new Map(entries);
  }
}

export type PyObject =
  | { readonly kind: 'tuple'; readonly items: PyValue[] }
  | { readonly kind: 'bytearray'; readonly bytes: Uint8Array }
  /** pandas.Timestamp: nanoseconds since 1970 (UTC if it has a zone). */
  | { readonly kind: 'timestamp'; readonly ns: bigint; readonly tz?: string; readonly unit?: string }
  | { readonly kind: 'nat' }
  | { readonly kind: 'na' }
  /** datetime.datetime: microseconds since 1970 of the time shown; `offset` in seconds if it has a zone. */
  | { readonly kind: 'datetime'; readonly us: bigint; readonly offset?: number }
  /** datetime.date: days since 1970. */
  | { readonly kind: 'date'; readonly days: number }
  | { readonly kind: 'timedelta'; readonly ns: bigint }
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'scalar'; readonly dtype: string; readonly value: PyValue }
  /** Anything else: only its class and what it prints are known. */
  | { readonly kind: 'other'; readonly cls: string; readonly repr: string }
  | NdArray
  | Series
  | DataFrame;

/**
 * numpy.ndarray, row by row. Elements by dtype: boolean, bigint (ints), number (floats), string, Uint8Array, any
 * (object); datetime64 and timedelta64 are bigint counts of their unit, null for NaT.
 */
export interface NdArray {
  readonly kind: 'ndarray';
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: PyValue[];
}

/** pandas.Series; elements as in NdArray, and null for what is missing in `str`, `string` and the nullable dtypes. */
export interface Series {
  readonly kind: 'series';
  readonly name: PyValue;
  readonly dtype: string;
  readonly data: PyValue[];
}

/** pandas.DataFrame. */
export interface DataFrame {
  readonly kind: 'dataframe';
  readonly rows: number;
  readonly columns: readonly Series[];
  /** Undefined for 0 … rows−1. */
  readonly index?: readonly PyValue[];
}

export function kindOf(value: PyValue): string {
  if (value === null) return 'none';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (typeof value === 'object') return value.kind;
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    default:
      return 'str';
  }
}

/** The name of the Python class of a value, as `type(value).__name__`. */
export function className(value: PyValue): string {
  const kind = kindOf(value);
  switch (kind) {
    case 'none':
      return 'NoneType';
    case 'timestamp':
      return 'Timestamp';
    case 'nat':
      return 'NaTType';
    case 'na':
      return 'NAType';
    case 'timedelta':
      return 'Timedelta';
    case 'decimal':
      return 'Decimal';
    case 'series':
      return 'Series';
    case 'dataframe':
      return 'DataFrame';
    case 'scalar':
      return scalarClass((value as { dtype: string }).dtype);
    case 'other':
      return (value as { cls: string }).cls;
    default:
      return kind;
  }
}

function scalarClass(dtype: string): string {
  if (dtype === 'str' || dtype === 'bytes') return `${dtype}_`;
  return dtype.replace(/\[.*$/, '');
}

/** What `json.loads` makes of a document: the last of repeated keys wins, at the position of the first. */
export function fromJson(value: JsonValue): PyValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (isJsonNumber(value))
    return value.double !== undefined && value.text.includes('.') ? value.double : numberFromText(value.text);
  if (isJsonObject(value)) {
    const dict = new PyDict();
    for (const [key, item] of value.entries) dict.map.set(key, fromJson(item));
    return dict;
  }
  return (value as readonly JsonValue[]).map(fromJson);
}

/** CPython's limit: reading such an integer takes time that grows with the square of its length. */
const MAX_INT_DIGITS = 4300;

/** An integer of more digits than Python reads. */
export class IntegerTooLong extends Error {}

function numberFromText(text: string): bigint | number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 45 && (code < 48 || code > 57)) return Number(text);
  }
  if (text.length - (text.startsWith('-') ? 1 : 0) > MAX_INT_DIGITS)
    throw new IntegerTooLong(`Exceeds the limit (${MAX_INT_DIGITS} digits) for integer string conversion`);
  return text.length > 1 && text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text);
}
