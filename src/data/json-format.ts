// Turns lossless JSON values back into text: numbers as they were spelt, keys in their order.
import type { JsonNumber, JsonObject, JsonValue } from './json-types.js';

interface FormatJsonOptions {
  /** Python's `json.dumps` defaults: `", "` and `": "`, everything beyond ASCII escaped. Otherwise compact, UTF-8. */
  readonly python?: boolean;
}

const NAMED: Readonly<Record<string, string>> = { '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeUnit(unit: string): string {
  return NAMED[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** A string as Python's `json.dumps` writes it (`ensure_ascii`). */
export function pythonJsonString(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -~]/g, escapeUnit)}"`;
}

export function formatJson(value: JsonValue, options: FormatJsonOptions = {}): string {
  const python = options.python ?? false;
  const comma = python ? ', ' : ',';
  const colon = python ? ': ' : ':';
  const quote = python ? pythonJsonString : (text: string) => JSON.stringify(text);
  const write = (item: JsonValue): string => {
    if (item === null || typeof item === 'boolean') return String(item);
    if (typeof item === 'string') return quote(item);
    if (Array.isArray(item)) return `[${item.map(write).join(comma)}]`;
    const node = item as JsonNumber | JsonObject;
    if (node.kind === 'number') return node.text;
    return `{${node.entries.map(([key, inner]) => quote(key) + colon + write(inner)).join(comma)}}`;
  };
  return write(value);
}
