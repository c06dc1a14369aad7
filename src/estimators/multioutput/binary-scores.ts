// Turns features into the score that a classifier of two classes gives its second one, as sklearn.multiclass asks for it.
import type { Parts } from '../evaluator.js';
import type { Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { labelNumbers } from '../labels/label-numbers.js';

export function binaryScores(part: Part, frame: Frame, parts: Parts): Float64Array {
  if (parts.roleOf(part) === 'regressor') return labelNumbers(parts.predict(part, frame));
  if (parts.has(part, 'decision_function')) return parts.decision_function(part, frame).values;
  return parts.predict_proba(part, frame).values.filter((_, at) => at % 2 === 1);
}

/** A score above it speaks for the second class. */
export function binaryThreshold(part: Part, parts: Parts): number {
  return parts.has(part, 'decision_function') && parts.roleOf(part) === 'classifier' ? 0 : 0.5;
}
