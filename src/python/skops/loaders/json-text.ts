// Turns the JSON text inside a JsonNode into a value of Python: an int stays an int, and NaN is a number.
import { READ_LIMITS } from '../../limits.js';
import { malformed } from '../../refuse.js';
import { textField } from '../field-of.js';
import type { Loader } from '../loader.js';
import { placeText } from '../place.js';

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

/** Never a list or a dict: those have nodes of their own, which keep the types of what is in them. */
export const loadJson: Loader = (node, place) => {
  const text = textField(node.fields, 'content', place);
  const value = text.startsWith('"') ? stringOfText(text) : scalarOfText(text);
  if (value === undefined)
    throw malformed(placeText(place), `the JSON text ${text}`, 'a text, a number or one of its words');
  return value;
};

/** Undefined if the text is neither a number nor one of JSON's words. */
export function scalarOfText(text: string): null | boolean | number | bigint | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (INT.test(text)) return text.length > READ_LIMITS.digits ? undefined : BigInt(text);
  return FLOAT.test(text) ? Number(text) : undefined;
}

function stringOfText(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
