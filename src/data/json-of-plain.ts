// Turns values of JavaScript into JSON values, so that rows of a program are cast by the same rules as rows of a file.
import { MlctlError } from '../errors/error.js';
import type { JsonNumber, JsonValue } from './json-types.js';

/** As `parseJson` allows. */
const MOST_DEEP = 900;

/**
 * NaN and undefined are missing values, as in pandas. A Date is its time in UTC without a zone, and bytes are base64, as the
 * scoring protocol writes them. Throws DATA_INVALID for a function, a symbol, and for what holds itself.
 */
export function jsonOfPlain(value: unknown, depth = 0): JsonValue {
  switch (typeof value) {
    case 'number':
      return numberOf(value);
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      return { kind: 'number', text: String(value) };
    case 'undefined':
      return null;
    case 'object':
      return value === null ? null : objectOf(value, depth);
    default:
      throw new MlctlError('DATA_INVALID', `cannot read the rows: a ${typeof value} is not a value of a row`);
  }
}

function numberOf(value: number): JsonNumber | null {
  if (Number.isNaN(value)) return null;
  return { kind: 'number', text: numberText(value), isNative: true };
}

/** All digits of a large integer: `String` gives only those that tell it from its neighbours. */
function numberText(value: number): string {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return String(BigInt(value));
  return Object.is(value, -0) ? '-0' : String(value);
}

function objectOf(value: object, depth: number): JsonValue {
  if (depth > MOST_DEEP)
    throw new MlctlError('DATA_INVALID', `cannot read the rows: a value is nested more than ${MOST_DEEP} deep`, {
      hint: 'look for an object that holds itself',
    });
  if (Array.isArray(value)) return value.map((item) => jsonOfPlain(item, depth + 1));
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString().slice(0, -1);
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.length).toString('base64');
  if (ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<number | bigint>, (item) => jsonOfPlain(item));
  const pairs: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value);
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of pairs) if (item !== undefined) entries.push([String(key), jsonOfPlain(item, depth + 1)]);
  return { kind: 'object', entries };
}
