// Turns the raw sums of a boosted classifier into probabilities: the logistic of the one sum of two classes, or softmax over more.
import { exp } from '../exponential.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { Scores } from '../prediction.js';

/** 1 / (1 + e^−x), as scipy's expit. */
const logistic = (x: number): number => 1 / (1 + exp(-x));

/** `factor`: what the sum of two classes is multiplied by. */
export function twoChances(raw: Float64Array, factor: 1 | 2): Scores {
  const values = new Float64Array(raw.length * 2);
  for (let i = 0; i < raw.length; i++) {
    const second = logistic(factor * raw[i]!);
    values[2 * i] = 1 - second;
    values[2 * i + 1] = second;
  }
  return { values, width: 2 };
}

/** `raw` is row-major, rows × `width`. Sums are in numpy's order. */
export function manyChances(raw: Float64Array, width: number): Scores {
  const values = new Float64Array(raw.length);
  for (let from = 0; from < raw.length; from += width) {
    let max = raw[from]!;
    for (let k = 1; k < width; k++) max = Math.max(max, raw[from + k]!);
    for (let k = from; k < from + width; k++) values[k] = exp(raw[k]! - max);
    const sum = pairwiseSum(values, from, width);
    for (let k = from; k < from + width; k++) values[k] = values[k]! / sum;
  }
  return { values, width };
}
