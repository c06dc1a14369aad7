// Turns features into labels and probabilities by a logistic regression (sklearn.linear_model.LogisticRegression).
import { exp } from '../exponential.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatest } from '../greatest.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { linearScoresOf } from './linear-scores.js';

const STEP = 'logistic_regression';

/** Probability: logistic of the one score of two classes, or softmax over the scores of more. */
export interface LogisticRegression extends Fitted<'LogisticRegression'> {
  readonly classes_: AnyLabels;
  /** Row-major: [1, features] for two classes, [classes, features] for more. */
  readonly coef_: Float64Array;
  /** [1] or [classes] */
  readonly intercept_: Float64Array;
  readonly n_iter_: number;
}

/** Ties as in scikit-learn's predict: the first of equal scores; zero is the first of two classes. */
export function predictLogisticRegression(model: LogisticRegression, frame: Frame): ClassPrediction {
  const count = model.intercept_.length;
  const scores = linearScoresOf(frame, model.coef_, model.intercept_, STEP);
  const codes = new Int32Array(frame.rows);
  for (let i = 0; i < frame.rows; i++)
    codes[i] = count === 1 ? Number(scores[i]! > 0) : greatest(scores, i * count, count);
  return { role: 'classifier', classes: model.classes_, codes };
}

/** Formulas as in scikit-learn's predict_proba. */
export function logisticProbabilities(model: LogisticRegression, frame: Frame): Scores {
  const count = model.intercept_.length;
  const scores = linearScoresOf(frame, model.coef_, model.intercept_, STEP);
  if (count > 1) {
    for (let i = 0; i < frame.rows; i++) softmax(scores, i * count, count);
    return { values: scores, width: count };
  }
  const values = new Float64Array(frame.rows * 2);
  for (let i = 0; i < frame.rows; i++) {
    const second = 1 / (1 + exp(-scores[i]!));
    values[2 * i] = 1 - second;
    values[2 * i + 1] = second;
  }
  return { values, width: 2 };
}

/** Turns the scores of one row into probabilities, in place. */
export function softmax(values: Float64Array, from: number, count: number): void {
  const max = values[from + greatest(values, from, count)]!;
  let sum = 0;
  for (let k = from; k < from + count; k++) sum += values[k] = exp(values[k]! - max);
  for (let k = from; k < from + count; k++) values[k] = values[k]! / sum;
}
