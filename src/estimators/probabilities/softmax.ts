// Turns one score a class into probabilities by a softmax.
import { exp } from '../exponential.js';
import type { Numbers } from '../frame.js';
import { greatest } from '../greatest.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { Scores } from '../prediction.js';

/** `values` is row-major, rows × `width`. */
export function softmaxOf(values: Float64Array, width: number): Scores {
  const made = values.slice();
  for (let from = 0; from < made.length; from += width) softmax(made, from, width);
  return { values: made, width };
}

/** Turns the scores of one row into probabilities, in place. Sums are in numpy's order. */
export function softmax(values: Numbers, from: number, count: number): void {
  const max = values[from + greatest(values, from, count)]!;
  for (let k = from; k < from + count; k++) values[k] = exp(values[k]! - max);
  const sum = pairwiseSum(values, from, count);
  for (let k = from; k < from + count; k++) values[k] = values[k]! / sum;
}
