// A document as the one JSON text of --json: no bare NaN or Infinity, no lost integers, no control or invisible characters.
import { breakCommandsInJson } from '../text/ci-commands.js';

/** Whatever a terminal or an eye could trip over; inside JSON text these stand only in strings, so an escape changes nothing. */
const INVISIBLE =
  /[\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Beyond U+FFFF JSON has two escapes for one character. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Map) return Object.fromEntries(value);
  return value;
}

export function jsonText(document: unknown, indent = 2): string {
  return breakCommandsInJson(JSON.stringify(document, plain, indent)).replace(INVISIBLE, escaped);
}
