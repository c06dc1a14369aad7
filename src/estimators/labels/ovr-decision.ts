// Turns the votes between each two classes into one value a class (scikit-learn's decision_function_shape 'ovr'): the number of its
// votes, and less than a half by how clear they were.
import type { Scores } from '../prediction.js';

/**
 * Both are row-major, a column for each pair i < j. A vote of 0 is for i, of 1 for j, and any other is for neither; `confidences`
 * say how much speaks for j.
 */
export function ovrDecision(votes: ArrayLike<number>, confidences: Float64Array, classes: number): Scores {
  const pairs = (classes * (classes - 1)) / 2;
  const rows = pairs === 0 ? 0 : confidences.length / pairs;
  const values = new Float64Array(rows * classes);
  const sums = new Float64Array(classes);
  for (let row = 0, at = 0; row < rows; row++) {
    const from = row * classes;
    sums.fill(0);
    for (let i = 0; i < classes; i++) {
      for (let j = i + 1; j < classes; j++, at++) {
        sums[i]! -= confidences[at]!;
        sums[j]! += confidences[at]!;
        if (votes[at] === 0) values[from + i]!++;
        else if (votes[at] === 1) values[from + j]!++;
      }
    }
    for (let k = 0; k < classes; k++) values[from + k]! += sums[k]! / (3 * (Math.abs(sums[k]!) + 1));
  }
  return { values, width: classes };
}
