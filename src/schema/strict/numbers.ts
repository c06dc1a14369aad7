// Turns the exact spelling of a number into a value of a numeric type, or into what would be lost.
import { nearestQuotient } from '../../data/nearest-quotient.js';
import { Problem } from './problem.js';
import { showText } from './show.js';

/** Digits with no point and no exponent: `3`, not `3.0`. */
const INTEGER_SPELLING = /^[+-]?[0-9]+$/;
const NON_ZERO_DIGIT = /^[^eE]*[1-9]/;
const TWO_53 = 2 ** 53;

export interface IntegerRange {
  readonly name: string;
  readonly low: bigint;
  readonly high: bigint;
}

export const INT32: IntegerRange = { name: 'integer (int32)', low: -(2n ** 31n), high: 2n ** 31n - 1n };
export const INT64: IntegerRange = { name: 'long (int64)', low: -(2n ** 63n), high: 2n ** 63n - 1n };

export const isIntegerSpelling = (text: string): boolean => INTEGER_SPELLING.test(text);

const lossy = (text: string, why: string, expected: string): Problem =>
  new Problem('SCHEMA_LOSSY_CAST', `${showText(text)} ${why}`, showText(text), expected);

/** An integer must have an exact double; a decimal fraction is rounded to the nearest one, as every parser does. */
export function doubleOf(text: string): number | Problem {
  const plain = plainDecimal(text);
  if (!Number.isNaN(plain)) return plain;
  const value = Number(text);
  if (!Number.isFinite(value)) return lossy(text, 'overflows double', 'double');
  if (value === 0 && NON_ZERO_DIGIT.test(text)) return lossy(text, 'underflows to 0 in a double', 'double');
  if ((value >= TWO_53 || value <= -TWO_53) && isIntegerSpelling(text) && bigOf(text) !== BigInt(value)) {
    return lossy(text, 'has no exact double', 'double');
  }
  return value;
}

/** `[-]digits[.digits]`, of which a double loses nothing; NaN for any other spelling, and where it is not known. */
function plainDecimal(text: string): number {
  const { length } = text;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let head = 0;
  let tail = 0;
  let more = 0;
  let point = -1;
  for (let at = start; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit === -2 && point < 0) point = at;
    else if (!(digit >= 0 && digit <= 9) || more === 9) return Number.NaN;
    else if (head < 1e8) head = head * 10 + digit;
    else {
      tail = tail * 10 + digit;
      more++;
    }
  }
  if (length === start || point === start || point === length - 1) return Number.NaN;
  const value = nearestQuotient(head, tail, more, point < 0 ? 0 : length - point - 1);
  if (point < 0 && value >= TWO_53) return Number.NaN;
  return start === 1 ? -value : value;
}

export function floatOf(text: string): number | Problem {
  const double = Number(text);
  const value = Math.fround(double);
  if (!Number.isFinite(value)) return lossy(text, 'overflows float (float32)', 'float');
  if (value === 0 && NON_ZERO_DIGIT.test(text)) return lossy(text, 'underflows to 0 in a float (float32)', 'float');
  if ((value >= 2 ** 24 || value <= -(2 ** 24)) && isIntegerSpelling(text) && bigOf(text) !== BigInt(value)) {
    return lossy(text, 'has no exact float (float32)', 'float');
  }
  return value;
}

/**
 * An integer spelt `2.0` or `1e2` counts as one if a double holds it and no other (|n| < 2^53). Python reads such a spelling as a
 * double, so from there on the digits are already lost.
 */
export function integerOf(text: string, range: IntegerRange): bigint | Problem {
  let value: bigint;
  if (isIntegerSpelling(text)) {
    if (text.length > 400) return lossy(text, `is out of range for ${range.name}`, range.name);
    value = bigOf(text);
  } else {
    const double = Number(text);
    if (!Number.isFinite(double)) return lossy(text, `is out of range for ${range.name}`, range.name);
    if (!isWhole(text)) return lossy(text, 'is not an integer', range.name);
    if (!Number.isSafeInteger(double))
      return lossy(text, 'is written as a fraction and not below 2^53, so digits are lost', range.name);
    value = BigInt(double);
  }
  if (value < range.low || value > range.high) return lossy(text, `is out of range for ${range.name}`, range.name);
  return value;
}

function bigOf(integer: string): bigint {
  return BigInt(integer.startsWith('+') ? integer.slice(1) : integer);
}

/** Whether a decimal text is a whole number, decided on its digits (1.00000000000000000001 is not). */
function isWhole(text: string): boolean {
  const parts = /^[+-]?([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  if (parts === null) return false;
  const [, before = '', after = '', exponent = '0'] = parts;
  const digits = before + after;
  let last = digits.length - 1;
  while (last >= 0 && digits[last] === '0') last--;
  if (last < 0) return true;
  // Digits after the point that are not trailing zeros must be shifted out by the exponent.
  return last + 1 - before.length <= Number(exponent);
}
