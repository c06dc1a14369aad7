// Turns features into the class that wins the most votes of classifiers of two classes each (OneVsOneClassifier).
import type { Parts } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { sideBySide } from '../frames/side-by-side.js';
import { decidedClasses } from '../labels/decided-classes.js';
import { labelNumbers } from '../labels/label-numbers.js';
import { ovrDecision } from '../labels/ovr-decision.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { binaryScores, binaryThreshold } from './binary-scores.js';

export interface OneVsOneClassifier extends Fitted<'OneVsOneClassifier'> {
  /** One a pair of classes: (0, 1), (0, 2) … (1, 2) …; its labels are 0 and 1. */
  readonly estimators_: readonly Part[];
  readonly classes_: AnyLabels;
}

/** Votes, and less than half a vote for the sum of the scores. */
export function oneVsOneDecisions(model: OneVsOneClassifier, frame: Frame, parts: Parts): Scores {
  const { estimators_, classes_ } = model;
  const count = classes_.values.length;
  const votes = estimators_.map((part) => ({ values: labelNumbers(parts.predict(part, frame)), width: 1 }));
  const scores = estimators_.map((part) => ({ values: binaryScores(part, frame, parts), width: 1 }));
  const made = ovrDecision(sideBySide(frame.rows, votes).values, sideBySide(frame.rows, scores).values, count);
  return count === 2 ? { values: made.values.filter((_, at) => at % 2 === 1), width: null } : made;
}

export function predictOneVsOne(model: OneVsOneClassifier, frame: Frame, parts: Parts): ClassPrediction {
  const threshold = binaryThreshold(model.estimators_[0]!, parts);
  return decidedClasses(model.classes_, oneVsOneDecisions(model, frame, parts), (value) => value > threshold);
}
