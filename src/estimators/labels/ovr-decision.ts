// Turns the decisions between each two classes into one value a class (scikit-learn's decision_function_shape 'ovr'): its votes,
// and less than a half by how clear they were.
import type { Scores } from '../prediction.js';

/** `decisions` is row-major, a column for each pair i < j; a value below zero is a vote for j. */
export function ovrDecision(decisions: Float64Array, classes: number): Scores {
  const pairs = (classes * (classes - 1)) / 2;
  const rows = pairs === 0 ? 0 : decisions.length / pairs;
  const values = new Float64Array(rows * classes);
  const sums = new Float64Array(classes);
  for (let row = 0, at = 0; row < rows; row++) {
    const from = row * classes;
    sums.fill(0);
    for (let i = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++, at++) {
        const decision = decisions[at]!;
        sums[i]! += decision;
        sums[j]! -= decision;
        values[from + (decision < 0 ? j : i)]!++;
      }
    }
    for (let k = 0; k < classes; k++) values[from + k]! += sums[k]! / (3 * (Math.abs(sums[k]!) + 1));
  }
  return { values, width: classes };
}
