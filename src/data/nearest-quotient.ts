// Turns up to eighteen decimal digits and the place of their point into the nearest double.
import { POWERS_OF_TEN, productError } from './powers-of-ten.js';

const TWO_53 = 2 ** 53;
const MOST_PLACES = 22;
/** What is computed of the rest is much nearer than this. */
const DOUBT = 2 ** -45;

/**
 * The double that is nearest to (head·10^more + tail) / 10^places, where `head` is below 10^9 and `tail` has `more` digits, at most
 * nine. NaN if that cannot be said for sure: the number is half-way between two doubles, or has more than 22 places.
 */
export function nearestQuotient(head: number, tail: number, more: number, places: number): number {
  if (places > MOST_PLACES) return Number.NaN;
  const shifted = head * POWERS_OF_TEN[more]!;
  const digits = shifted + tail;
  const power = POWERS_OF_TEN[places]!;
  const nearly = digits / power;
  // An exact integer over an exact power of ten is rounded once, so correctly (Clinger 1990).
  if (digits < TWO_53) return nearly;
  // The first product is exact, so what the sum and the division lost is known.
  const lost = tail - (digits - shifted);
  const product = nearly * power;
  const rest = (digits - product - productError(nearly, places, product) + lost) / power;
  const value = nearly + rest * (1 + DOUBT);
  return value === nearly + rest * (1 - DOUBT) ? value : Number.NaN;
}
