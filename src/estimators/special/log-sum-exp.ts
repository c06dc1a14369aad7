// Turns the logarithms of some numbers into the logarithm of their sum, as scipy's logsumexp: the greatest are taken out of the sum.
import { exp, log, log1p } from '../exponential.js';
import { greatest } from '../greatest.js';

/** Of `count` values from the place `from` on. */
export function logSumExp(values: ArrayLike<number>, from: number, count: number): number {
  const max = values[from + greatest(values, from, count)]!;
  const shift = Number.isFinite(max) ? max : 0;
  let [equal, sum] = [0, 0];
  for (let k = from; k < from + count; k++) {
    if (values[k] === max) equal++;
    else sum += exp(values[k]! - shift);
  }
  return log1p(sum === 0 ? 0 : sum / equal) + log(equal) + max;
}
