// A matrix of features to labels and probabilities, by a fitted logistic regression.
import { exp } from './exponential.js';
import type { LogisticRegression, Prediction } from './types.js';

/** `matrix` is row-major, rows × features. Formulas and ties as in scikit-learn's predict and predict_proba. */
export function predictLogisticRegression(model: LogisticRegression, matrix: Float64Array, rows: number): Prediction {
  const width = model.features.length;
  const classes = model.classes.values;
  const scores = model.intercept.length;
  const probabilities = new Float64Array(rows * classes.length);
  const labels: (bigint | string)[] = new Array(rows);
  const score = new Float64Array(scores);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < scores; k++) {
      let sum = 0;
      for (let j = 0; j < width; j++) sum += matrix[i * width + j]! * model.coef[k * width + j]!;
      score[k] = sum + model.intercept[k]!;
    }
    const at = i * classes.length;
    if (scores === 1) {
      const second = 1 / (1 + exp(-score[0]!));
      probabilities[at] = 1 - second;
      probabilities[at + 1] = second;
      labels[i] = classes[score[0]! > 0 ? 1 : 0]!;
    } else {
      labels[i] = classes[softmax(score, probabilities, at)]!;
    }
  }
  return { labels, probabilities };
}

/** Writes the probabilities of one row and gives the place of its greatest score (the first of equals). */
function softmax(score: Float64Array, to: Float64Array, at: number): number {
  let best = 0;
  for (let k = 1; k < score.length; k++) if (score[k]! > score[best]!) best = k;
  const max = score[best]!;
  let sum = 0;
  for (let k = 0; k < score.length; k++) sum += to[at + k] = exp(score[k]! - max);
  for (let k = 0; k < score.length; k++) to[at + k] = to[at + k]! / sum;
  return best;
}
