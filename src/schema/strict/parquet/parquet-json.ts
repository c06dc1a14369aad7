// Turns stored values of a Parquet file into JSON as one would write it: an integer without a point, a double with one, dates as
// ISO 8601, bytes as base64.

import type { JsonValue } from '../../../data/json-types.js';
import type { ArrowType } from '../../../data/parquet/arrow-type.js';
import { decimalText, halfOf, integerOf, uuidText } from '../../../data/parquet/stored-value.js';

const MS_PER = { s: 1000, ms: 1, us: 1 / 1000, ns: 1 / 1_000_000 } as const;
const DAY_MS = 86_400_000;

export function jsonOfParquet(value: unknown, type: ArrowType): JsonValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'bool':
      return Boolean(value);
    case 'int':
      return number(String(integerOf(value, type)));
    case 'float':
      return fraction(type.bits === 16 ? halfOf(value as Uint8Array) : Number(value));
    case 'decimal':
      return number(decimalText(value, type.scale));
    case 'dictionary':
      return jsonOfParquet(value, type.values);
    case 'list':
      return Array.from(value as ArrayLike<unknown>, (item) => jsonOfParquet(item, type.items));
    case 'struct':
      return object(type.fields.map(({ name, type: inner }) => [name, jsonOfParquet(ownOf(value, name), inner)]));
    case 'map':
      return object(Object.entries(value as object).map(([key, item]) => [key, jsonOfParquet(item, type.values)]));
    case 'date':
      return isoText(Number(value) * DAY_MS).slice(0, 10);
    case 'timestamp':
      return isoText(Number(value) * MS_PER[type.unit]) + (type.zone === undefined ? '' : 'Z');
    default:
      return value instanceof Uint8Array ? textOf(value, type) : String(value);
  }
}

/** Names are data: `__proto__` is an ordinary field. */
export function ownOf(value: unknown, name: string): unknown {
  return Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : null;
}

const number = (text: string): JsonValue => ({ kind: 'number', text });

function fraction(value: number): JsonValue {
  const text = String(value);
  return number(/^-?\d+$/.test(text) ? `${text}.0` : text);
}

const object = (entries: readonly (readonly [string, JsonValue])[]): JsonValue => ({ kind: 'object', entries });

function textOf(bytes: Uint8Array, type: ArrowType): string {
  if (type.kind === 'uuid') return uuidText(bytes);
  return Buffer.from(bytes).toString(type.kind === 'enum' ? 'utf8' : 'base64');
}

/** Without the zone. What JavaScript cannot date stays a count. */
function isoText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms` : date.toISOString().slice(0, -1);
}
