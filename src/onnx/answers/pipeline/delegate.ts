// Turns an estimator that hands everything to one of its parts into that part's nodes.
import type { Part } from '../../../estimators/fitted.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphParts } from '../answer-converter.js';

type Before<E> = (
  graph: GraphBuilder,
  estimator: E,
  features: readonly Feature[],
  parts: GraphParts,
) => readonly Feature[];

export function delegate<E extends Part>(
  inner: (estimator: E) => Part,
  before: Before<E> = (_, __, features) => features,
) {
  const to =
    <Answer>(method: (parts: GraphParts) => (part: Part, features: readonly Feature[]) => Answer) =>
    (graph: GraphBuilder, estimator: E, features: readonly Feature[], parts: GraphParts): Answer =>
      method(parts)(inner(estimator), before(graph, estimator, features, parts));
  return {
    transform: to((parts) => parts.transform),
    predict: to((parts) => parts.predict),
    predict_proba: to((parts) => parts.predict_proba),
    predict_log_proba: to((parts) => parts.predict_log_proba),
    predict_joint_log_proba: to((parts) => parts.predict_joint_log_proba),
    decision_function: to((parts) => parts.decision_function),
  } satisfies AnswerRow<E>;
}
