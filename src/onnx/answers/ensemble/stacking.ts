// Turns Stacking* into the nodes of their estimators, whose answers the last one takes.
import type { StackingClassifier, StackingRegressor } from '../../../estimators/ensemble/stacking.js';
import { encodedClasses } from '../../../estimators/label-places.js';
import { type Feature, rowsOf } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphParts, GraphScores } from '../answer-converter.js';
import { noExactForm } from '../no-exact-form.js';
import { numbers, votes } from '../votes.js';

/** `twoClasses`: the probability of the first class is left out, because it says nothing beside that of the second. */
function stacked(
  graph: GraphBuilder,
  { estimators_, passthrough }: StackingClassifier | StackingRegressor,
  features: readonly Feature[],
  parts: GraphParts,
  twoClasses: boolean,
): Feature[] {
  const made = estimators_.flatMap(({ part, method }, e) => {
    const scores: GraphScores =
      method === 'predict' ? numbers(graph, part, features, parts) : parts[method](part, features);
    const width = scores.width ?? 1;
    const rows = rowsOf(
      scores.tensor,
      Array.from({ length: width }, (_, k) => `${e}_${k}`),
    );
    return twoClasses && method === 'predict_proba' && scores.width !== null ? rows.slice(1) : rows;
  });
  return passthrough ? [...made, ...features] : made;
}

const stackedClasses = (
  graph: GraphBuilder,
  model: StackingClassifier,
  features: readonly Feature[],
  parts: GraphParts,
): Feature[] => stacked(graph, model, features, parts, model.classes_.values.length === 2);

export const STACKING_CLASSIFIER: AnswerRow<StackingClassifier> = {
  transform: stackedClasses,
  predict: (graph, model, features, parts) => {
    const made = stackedClasses(graph, model, features, parts);
    const codes = votes(graph, model.final_estimator_, made, encodedClasses(model.classes_), parts);
    return { role: 'classifier', classes: model.classes_, codes };
  },
  predict_proba: (graph, model, features, parts) =>
    parts.predict_proba(model.final_estimator_, stackedClasses(graph, model, features, parts)),
  decision_function: (graph, model, features, parts) =>
    parts.decision_function(model.final_estimator_, stackedClasses(graph, model, features, parts)),
};

export const STACKING_REGRESSOR: AnswerRow<StackingRegressor> = {
  predict: (graph, model, features, parts) => {
    const { final_estimator_: final } = model;
    const answer = parts.predict(final, stacked(graph, model, features, parts, false));
    if (answer.role === 'regressor') return answer;
    throw noExactForm(model.kind, `its last estimator, ${final.kind}, does not predict numbers`);
  },
};
