// Turns features into labels and probabilities by a logistic regression (sklearn.linear_model.LogisticRegression).
import { exp } from '../exponential.js';
import type { ClassLabels, Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import type { ClassPrediction } from '../prediction.js';
import { linearScores } from './linear-scores.js';

/** Probability: logistic of the one score of two classes, or softmax over the scores of more. */
export interface LogisticRegression extends Fitted<'LogisticRegression'> {
  readonly classes_: ClassLabels;
  /** Row-major: [1, features] for two classes, [classes, features] for more. */
  readonly coef_: Float64Array;
  /** [1] or [classes] */
  readonly intercept_: Float64Array;
  readonly n_iter_: number;
}

/** Formulas and ties as in scikit-learn's predict and predict_proba. */
export function predictLogisticRegression(model: LogisticRegression, frame: Frame): ClassPrediction {
  const matrix = matrixOf(frame, 'logistic_regression');
  const classes = model.classes_.values.length;
  const probabilities = new Float64Array(frame.rows * classes);
  const codes = new Int32Array(frame.rows);
  const score = new Float64Array(model.intercept_.length);
  for (let i = 0; i < frame.rows; i++) {
    linearScores(matrix, i, model.coef_, model.intercept_, score);
    const at = i * classes;
    if (score.length === 1) {
      const second = 1 / (1 + exp(-score[0]!));
      probabilities[at] = 1 - second;
      probabilities[at + 1] = second;
      codes[i] = score[0]! > 0 ? 1 : 0;
    } else {
      codes[i] = softmax(score, probabilities, at);
    }
  }
  return { role: 'classifier', classes: model.classes_, codes, probabilities };
}

/** Writes the probabilities of one row and returns the position of its greatest score (the first of equals). */
function softmax(score: Float64Array, to: Float64Array, at: number): number {
  let best = 0;
  for (let k = 1; k < score.length; k++) if (score[k]! > score[best]!) best = k;
  const max = score[best]!;
  let sum = 0;
  for (let k = 0; k < score.length; k++) sum += to[at + k] = exp(score[k]! - max);
  for (let k = 0; k < score.length; k++) to[at + k] = to[at + k]! / sum;
  return best;
}
