// Turns the JSON text inside a JsonNode into a value of Python: an int stays an int, and NaN is a number.
import { isJsonArray, isJsonNumber, parseJson } from '../../../data/json.js';
import type { JsonValue } from '../../../data/json-types.js';
import { READ_LIMITS } from '../../limits.js';
import { malformed } from '../../refuse.js';
import type { Saved } from '../../saved.js';
import { textField } from '../field-of.js';
import type { Loader, Reading } from '../loader.js';
import { type Place, placeText } from '../place.js';

const WORDS = new Map<string, null | boolean | number>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);
const INT = /^-?(?:0|[1-9]\d*)$/;
const FLOAT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export const loadJson: Loader = (node, place, reading) => {
  const text = textField(node.fields, 'content', place);
  const scalar = scalarOfText(text);
  return scalar === undefined ? parseText(text, place, reading) : scalar;
};

/** Undefined if the text is neither a number nor one of JSON's words. */
export function scalarOfText(text: string): null | boolean | number | bigint | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (INT.test(text)) return text.length > READ_LIMITS.digits ? undefined : BigInt(text);
  return FLOAT.test(text) ? Number(text) : undefined;
}

function parseText(text: string, place: Place, reading: Reading): Saved {
  try {
    return savedOf(parseJson(text, { python: true, maxDepth: READ_LIMITS.depth }), place, reading);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw malformed(placeText(place), reason, 'a value as JSON');
  }
}

function savedOf(value: JsonValue, place: Place, reading: Reading): Saved {
  reading.count(1, place);
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (isJsonArray(value)) return { type: 'list', items: value.map((item) => savedOf(item, place, reading)) };
  if (isJsonNumber(value)) {
    const number = scalarOfText(value.text);
    if (number === undefined) throw malformed(placeText(place), `the number ${value.text}`, 'a number of Python');
    return number;
  }
  const byKey = new Map<string, Saved>();
  for (const [key, item] of value.entries) byKey.set(key, savedOf(item, place, reading));
  return { type: 'dict', entries: [...byKey] };
}
