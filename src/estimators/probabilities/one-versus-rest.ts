// Turns one score a class, each of that class against the others, into probabilities that together make 1.
import { pairwiseSum } from '../pairwise-sum.js';
import type { Scores } from '../prediction.js';
import { pairsOf } from './pairs-of.js';

/** `allZero` says what becomes of a row where every probability is zero. */
export function oneVersusRest(
  { values, width }: Scores,
  probability: (score: number) => number,
  allZero: 'uniform' | 'NaN',
): Scores {
  const made = values.map(probability);
  if (width === null) return pairsOf(made);
  for (let from = 0; from < made.length; from += width) {
    const sum = pairwiseSum(made, from, width);
    const each = sum === 0 && allZero === 'uniform' ? 1 / width : null;
    for (let k = from; k < from + width; k++) made[k] = each ?? made[k]! / sum;
  }
  return { values: made, width };
}
