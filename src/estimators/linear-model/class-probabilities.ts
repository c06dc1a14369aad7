// Turns the scores of a linear classifier into probabilities: by a softmax, or by a logistic of each score.
import { exp } from '../exponential.js';
import type { Numbers } from '../frame.js';
import { greatest } from '../greatest.js';
import type { Scores } from '../prediction.js';

export const logistic = (x: number): number => 1 / (1 + exp(-x));

/** The probability of the second of two classes, as the probabilities of both. */
export function pairsOf(second: Float64Array): Scores {
  const values = new Float64Array(second.length * 2);
  for (let i = 0; i < second.length; i++) {
    values[2 * i] = 1 - second[i]!;
    values[2 * i + 1] = second[i]!;
  }
  return { values, width: 2 };
}

/** One score a class and row. */
export function softmaxOf({ values, width }: { readonly values: Float64Array; readonly width: number }): Scores {
  const made = values.slice();
  for (let from = 0; from < made.length; from += width) softmax(made, from, width);
  return { values: made, width };
}

/** Turns the scores of one row into probabilities, in place. */
export function softmax(values: Numbers, from: number, count: number): void {
  const max = values[from + greatest(values, from, count)]!;
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += values[k] = exp(values[k]! - max);
  for (let k = from; k < from + count; k++) values[k] = values[k]! / sum;
}

/**
 * One class against the others: a probability of each score, which together make 1. `allZero` says what becomes of a row where
 * every probability is zero.
 */
export function oneVersusRest(
  { values, width }: Scores,
  probability: (score: number) => number,
  allZero: 'uniform' | 'NaN',
): Scores {
  const made = values.map(probability);
  if (width === null) return pairsOf(made);
  for (let from = 0; from < made.length; from += width) {
    let sum = 0;
    for (let k = from; k < from + width; k++) sum += made[k]!;
    const each = sum === 0 && allZero === 'uniform' ? 1 / width : null;
    for (let k = from; k < from + width; k++) made[k] = each ?? made[k]! / sum;
  }
  return { values: made, width };
}
