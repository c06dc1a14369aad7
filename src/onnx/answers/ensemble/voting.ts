// Turns Voting* into the nodes of their estimators, and what they say together.
import type { VotingClassifier, VotingRegressor } from '../../../estimators/ensemble/voting.js';
import { encodedClasses } from '../../../estimators/label-places.js';
import { pairwiseSum } from '../../../estimators/pairwise-sum.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphLabels } from '../answer-converter.js';
import { greatestLabel } from '../labels.js';
import { divided, sumOf } from '../sums.js';
import { numbers, oneHot, votes } from '../votes.js';

/** numpy.average */
function average(graph: GraphBuilder, tensors: readonly string[], weights: Float64Array | null): string {
  if (weights === null) return divided(graph, sumOf(graph, tensors), tensors.length);
  const weighted = tensors.map((tensor, e) => graph.node('Mul', [tensor, graph.doubles('weight', [], [weights[e]!])]));
  return divided(graph, sumOf(graph, weighted), pairwiseSum(weights));
}

export const VOTING_CLASSIFIER: AnswerRow<VotingClassifier> = {
  predict_proba: (graph, { estimators_, weights, classes_ }, features, parts) => {
    const all = estimators_.map((part) => parts.predict_proba(part, features).tensor);
    return { tensor: average(graph, all, weights), width: classes_.values.length };
  },
  predict: (graph, model, features, parts): GraphLabels => {
    const { estimators_, weights, classes_, voting } = model;
    if (voting === 'soft') return greatestLabel(graph, classes_, parts.predict_proba(model, features).tensor);
    const known = encodedClasses(classes_);
    const counts = estimators_.map((part, e) =>
      oneHot(graph, votes(graph, part, features, known, parts), classes_.values.length, [weights?.[e] ?? 1, 0]),
    );
    return greatestLabel(graph, classes_, sumOf(graph, counts));
  },
};

export const VOTING_REGRESSOR: AnswerRow<VotingRegressor> = {
  predict: (graph, { estimators_, weights }, features, parts) => {
    const all = estimators_.map((part) => numbers(graph, part, features, parts).tensor);
    return { role: 'regressor', tensor: average(graph, all, weights), width: null };
  },
};
