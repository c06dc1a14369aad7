// Turns one score a class, each of that class against the others, into probabilities that together make 1.
import type { Scores } from '../prediction.js';
import { normaliseRows } from './normalise-rows.js';
import { pairsOf } from './pairs-of.js';

/** `allZero` says what becomes of a row where every probability is zero. */
export function oneVersusRest(
  { values, width }: Scores,
  probability: (score: number) => number,
  allZero: 'uniform' | 'NaN',
): Scores {
  const made = values.map(probability);
  if (width === null) return pairsOf(made);
  normaliseRows(made, width, allZero);
  return { values: made, width };
}
