// Turns a probability into the logarithm of its odds, ln (p / (1 − p)), as scipy's logit.
import { log, log1p } from '../exponential.js';

/** In the middle by two logarithms near 1, because the quotient is near 1 there. */
export function logit(p: number): number {
  if (p < 0.3 || p > 0.65) return log(p / (1 - p));
  const twice = 2 * (p - 0.5);
  return log1p(twice) - log1p(-twice);
}
