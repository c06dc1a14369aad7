// Turns the probability of the second of two classes into the probabilities of both.
import type { Scores } from '../prediction.js';

export function pairsOf(second: Float64Array): Scores {
  const values = new Float64Array(second.length * 2);
  for (let i = 0; i < second.length; i++) {
    values[2 * i] = 1 - second[i]!;
    values[2 * i + 1] = second[i]!;
  }
  return { values, width: 2 };
}
