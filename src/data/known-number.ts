// Turns a number of JSON that was read together with its text into the value of a column, or into NaN where something may be lost:
// then its spelling is judged.
import { isJsonNumber } from './json.js';
import type { JsonValue } from './json-types.js';

/** Whole numbers below are floats. */
const EXACT_FLOAT = 2 ** 24;

/** NaN if it is not known. */
export const knownDouble = (value: JsonValue): number =>
  isJsonNumber(value) && value.double !== undefined ? value.double : Number.NaN;

/** NaN if it is not known. */
export function knownFloat(value: JsonValue): number {
  const double = knownDouble(value);
  const float = Math.fround(double);
  return float < EXACT_FLOAT && float > -EXACT_FLOAT && (float !== 0 || double === 0) ? float : Number.NaN;
}

/** A whole number without a point, between `low` and `high`; NaN if it is not known. */
export function knownInteger(value: JsonValue, low: number, high: number): number {
  const double = knownDouble(value);
  const isInside = Number.isInteger(double) && double >= low && double <= high;
  return isInside && isJsonNumber(value) && !value.text.includes('.') ? double + 0 : Number.NaN;
}
