// Turns an estimator that hands everything to one of its parts (a pipeline, a search) into its row.
import type { Parts, Row } from './evaluator.js';
import type { Part } from './fitted.js';
import type { Frame } from './frame.js';

/** `before`: what reaches the part. */
export function delegateRow<E extends Part>(
  inner: (estimator: E) => Part,
  before: (estimator: E, frame: Frame, parts: Parts) => Frame = (_, frame) => frame,
): Row<E> {
  const to =
    <Answer>(method: (parts: Parts) => (part: Part, frame: Frame) => Answer) =>
    (estimator: E, frame: Frame, parts: Parts): Answer =>
      method(parts)(inner(estimator), before(estimator, frame, parts));
  return {
    role: (estimator, parts) => parts.roleOf(inner(estimator)),
    anyWidth: true,
    has: (estimator, method, parts) => parts.has(inner(estimator), method),
    transform: to((parts) => parts.transform),
    inverse_transform: (estimator, frame, parts) => parts.inverse_transform(inner(estimator), frame),
    predict: to((parts) => parts.predict),
    predict_proba: to((parts) => parts.predict_proba),
    predict_log_proba: to((parts) => parts.predict_log_proba),
    predict_joint_log_proba: to((parts) => parts.predict_joint_log_proba),
    decision_function: to((parts) => parts.decision_function),
    score_samples: to((parts) => parts.score_samples),
  };
}
