// Turns features into labels by the scores of a linear model (every classifier of sklearn.linear_model and sklearn.svm.LinearSVC).
import type { AnyLabels, Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { decidedClasses } from '../labels/decided-classes.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { linearScoresOf } from './linear-scores.js';

export interface LinearClassifier<Kind extends string> extends Fitted<Kind> {
  readonly classes_: AnyLabels;
  /** Row-major: [1, features] for two classes, [classes, features] for more. */
  readonly coef_: Float64Array;
  /** [1] or [classes] */
  readonly intercept_: Float64Array;
}

/** One score is above zero for the second of two classes. */
export function decideLinearClassifier(model: LinearClassifier<string>, frame: Frame): Scores {
  const { coef_, intercept_ } = model;
  const values = linearScoresOf(frame, coef_, intercept_, model);
  return { values, width: intercept_.length === 1 ? null : intercept_.length };
}

/** Ties as in scikit-learn's predict: the first of equal scores; zero is the first of two classes. */
export function predictLinearClassifier(model: LinearClassifier<string>, frame: Frame): ClassPrediction {
  return decidedClasses(model.classes_, decideLinearClassifier(model, frame));
}
