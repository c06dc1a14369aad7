// Turns features into one of two classes by a threshold of its own (FixedThresholdClassifier, TunedThresholdClassifierCV).
import { delegateRow } from '../delegate-row.js';
import type { Parts, Row } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ClassPrediction } from '../prediction.js';

export interface ThresholdClassifier<Kind extends string> extends Fitted<Kind> {
  readonly estimator_: Part;
  readonly classes_: AnyLabels;
  /** `auto`: the first of the two that the estimator has. */
  readonly response_method: 'auto' | 'predict_proba' | 'decision_function';
  /** Null: 0.5 for probabilities, 0 for decision values. */
  readonly threshold: number | null;
  /** The place in `classes_` of the class that the score speaks for. */
  readonly positive: 0 | 1;
}

function predictByThreshold(model: ThresholdClassifier<string>, frame: Frame, parts: Parts): ClassPrediction {
  const { estimator_, response_method, positive, classes_ } = model;
  const byChance =
    response_method === 'predict_proba' || (response_method === 'auto' && parts.has(estimator_, 'predict_proba'));
  const threshold = model.threshold ?? (byChance ? 0.5 : 0);
  const codes = new Int32Array(frame.rows);
  const scores = byChance
    ? parts.predict_proba(estimator_, frame).values.filter((_, at) => at % 2 === positive)
    : parts.decision_function(estimator_, frame).values.map((score) => (positive === 1 ? score : -score));
  for (let i = 0; i < frame.rows; i++) codes[i] = scores[i]! >= threshold ? positive : 1 - positive;
  return { role: 'classifier', classes: classes_, codes };
}

export const THRESHOLD_ROW: Row<ThresholdClassifier<string>> = {
  ...delegateRow<ThresholdClassifier<string>>(({ estimator_ }) => estimator_),
  role: 'classifier',
  predict: predictByThreshold,
};
