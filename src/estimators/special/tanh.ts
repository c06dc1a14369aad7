// Turns a float64 into its hyperbolic tangent, with the same last bit on every engine (Math.tanh differs between engines).
import { exp } from '../exponential.js';

/** Near zero by the continued fraction x / (1 + x² / (3 + x² / (5 + …))), else 1 − 2 / (e^2x + 1). */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (size > 0.6) {
    const value = 1 - 2 / (exp(2 * size) + 1);
    return x < 0 ? -value : value;
  }
  const square = x * x;
  let below = 19;
  for (let odd = 17; odd > 0; odd -= 2) below = odd + square / below;
  return x / below;
}
