// Turns a key of a dict, which JSON keeps as text, back into the value that its type made of it.
import { malformed, unsupported } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import { type Place, placeText } from '../place.js';
import { scalarOfText } from './json-text.js';

const TEXTS = /^(?:builtins\.str|numpy\.str_)$/;
const INTS = /^(?:builtins\.int|numpy\.u?int(?:8|16|32|64|c|p)|numpy\.u?long(?:long)?)$/;
const FLOATS = /^(?:builtins\.float|numpy\.float(?:16|32|64))$/;
const BOOLEANS = /^(?:builtins\.bool|numpy\.bool_?)$/;

export function readKey(text: string, type: string, place: Place): string | bigint | number | boolean {
  if (TEXTS.test(type)) return text;
  // As Python: every text but the empty one is true, so False comes back as True.
  if (BOOLEANS.test(type)) return text !== '';
  const isInt = INTS.test(type);
  if (!isInt && !FLOATS.test(type))
    throw unsupported(placeText(place), `a key of ${type}`, 'a text, a number or a boolean');
  const value = scalarOfText(text);
  if (typeof value === 'bigint') return isInt ? value : Number(value);
  if (typeof value === 'number' && !isInt) return value;
  throw malformed(placeText(place), `the key ${text} of ${type}`, 'a number');
}

/** The same text for keys that are equal in Python: 1, 1.0 and True are. */
export function sameKey(key: Saved): string {
  if (typeof key === 'boolean') return key ? '1' : '0';
  if (typeof key === 'number' && Number.isInteger(key)) return String(BigInt(key));
  return typeof key === 'string' ? `'${key}` : String(key);
}
