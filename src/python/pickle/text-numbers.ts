// Turns numbers that protocol 0 writes as text into ints and floats, with no more spellings than Python writes.
import { hostile, malformed } from '../refuse.js';

const INT = /^-?(?:0|[1-9][0-9]*)$/;
const FLOAT = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?$/;
const NOT_FINITE = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['-inf', Number.NEGATIVE_INFINITY],
  ['nan', Number.NaN],
  ['-nan', Number.NaN],
]);

/** Reading takes longer than its text is long, so that the number of digits has a limit, as in Python. */
export function intOf(text: string, digits: number, where: string): bigint {
  if (text.length > digits + 1) throw hostile(where, `an int of ${text.length} digits`, `at most ${digits}`);
  if (!INT.test(text)) throw malformed(where, `the int '${text}'`, 'decimal digits');
  return BigInt(text);
}

export function floatOf(text: string, where: string): number {
  const special = NOT_FINITE.get(text);
  if (special !== undefined) return special;
  if (text.length > 500 || !FLOAT.test(text))
    throw malformed(where, `the float '${text}'`, 'a float as Python writes it');
  const value = Number(text);
  if (!Number.isFinite(value)) throw malformed(where, `the float '${text}'`, 'a float that a double can hold');
  return value;
}
