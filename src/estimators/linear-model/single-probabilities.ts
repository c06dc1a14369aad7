// Turns the scores of a linear classifier that computes in float32 into probabilities, rounded after each step as numpy's are.
import { exp } from '../exponential.js';
import { greatest } from '../greatest.js';
import type { Scores } from '../prediction.js';
import { singleExp } from '../special/single-exp.js';

const round = Math.fround;

/** One score a row is for the second of two classes. */
export function singleProbabilities({ values, width }: Scores): Scores {
  if (width === null) return pairs(values);
  const made = values.slice();
  for (let from = 0; from < made.length; from += width) {
    const max = made[from + greatest(made, from, width)]!;
    let sum = 0;
    for (let k = from; k < from + width; k++) {
      made[k] = singleExp(round(made[k]! - max));
      sum = round(sum + made[k]!);
    }
    for (let k = from; k < from + width; k++) made[k] = round(made[k]! / sum);
  }
  return { values: made, width };
}

function pairs(scores: Float64Array): Scores {
  const values = new Float64Array(scores.length * 2);
  for (let i = 0; i < scores.length; i++) {
    const second = round(1 / round(1 + round(exp(-scores[i]!))));
    values[2 * i] = round(1 - second);
    values[2 * i + 1] = second;
  }
  return { values, width: 2 };
}
