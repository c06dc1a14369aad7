// Turns a value of plain data, such as the details of an error, into one whose texts are safe to show at any depth: no secrets, and
// no characters that mislead the reader, also once a program has read the JSON.
import { printable } from './printable.js';
import { redactText } from './redact.js';

const MOST_TEXT = 2000;
const MOST_ITEMS = 1000;
const MOST_DEPTH = 8;

const safe = (text: string): string => printable(redactText(text), MOST_TEXT);

export function safeDetails(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return clean(details, 0) as Record<string, unknown>;
}

function clean(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return safe(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MOST_DEPTH) return '…';
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map((item) => clean(item, depth + 1));
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [safe(String(key)), clean(item, depth + 1)]));
}
