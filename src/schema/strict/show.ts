// Turns names and values that come from data into short text that is safe to put into a message.
import type { JsonNumber, JsonObject, JsonValue } from '../../data/json-types.js';
import { printable } from '../../text/printable.js';

export const showText = (text: string): string => printable(text, 60);

export const showName = (name: string): string => `'${showText(name)}'`;

/** `number 5`, `string "x"`, `null`, `object` … */
export function showJson(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return `boolean ${value}`;
  if (typeof value === 'string') return `string "${showText(value)}"`;
  if (Array.isArray(value)) return 'array';
  const item = value as JsonNumber | JsonObject;
  return item.kind === 'number' ? `number ${showText(item.text)}` : 'object';
}

/** Why NaN or an infinity is refused. */
export const showNotFinite = ({ text, isNative }: JsonNumber): string =>
  isNative ? `${text} is not a finite number` : `${text} is not valid JSON`;
