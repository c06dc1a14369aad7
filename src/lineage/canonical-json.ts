// Turns a plain value into the one JSON text that it has: keys sorted by UTF-16 code units, no blanks, numbers as ECMAScript writes them (RFC 8785).
import { metricValue } from '../documents/json-values.js';

/** NaN and infinities become their names; undefined is left out. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number') return JSON.stringify(metricValue(value));
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}
