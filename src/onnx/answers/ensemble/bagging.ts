// Turns Bagging* into the nodes of their estimators, each of which sees some of the columns, and their mean.
import type { BaggingClassifier, BaggingRegressor } from '../../../estimators/ensemble/bagging.js';
import { encodedClasses } from '../../../estimators/label-places.js';
import { PARTS } from '../../../estimators/parts.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { greatestLabel } from '../labels.js';
import { rowAt } from '../rows.js';
import { divided, sumOf } from '../sums.js';
import { numbers, oneHot, votes } from '../votes.js';

/** The mean over the members of the groups, added group by group. */
function meanOf<M>(graph: GraphBuilder, groups: readonly (readonly M[])[], answer: (member: M) => string): string {
  const sums = groups.map((members) => sumOf(graph, members.map(answer)));
  return divided(
    graph,
    sumOf(graph, sums),
    groups.reduce((count, members) => count + members.length, 0),
  );
}

const seenBy = (chosen: readonly number[] | null, features: readonly Feature[]): readonly Feature[] =>
  chosen ? chosen.map((place) => features[place]!) : features;

/** The rows of a member's classes, at the places of the ensemble's. */
function spread(graph: GraphBuilder, tensor: string, places: Int32Array | null, width: number): string {
  if (places === null) return tensor;
  const first = rowAt(graph, tensor, 0);
  const all = graph.node('Concat', [tensor, graph.node('Sub', [first, first])], { attributes: { axis: 0n } });
  const rows = Array.from({ length: width }, (_, k) => {
    const own = places.indexOf(k);
    return BigInt(own < 0 ? places.length : own);
  });
  return graph.node('Gather', [all, graph.int64s('places', [width], rows)], { attributes: { axis: 0n } });
}

export const BAGGING_CLASSIFIER: AnswerRow<BaggingClassifier> = {
  predict_proba: (graph, { groups, classes_ }, features, parts) => {
    const width = classes_.values.length;
    const known = encodedClasses(classes_);
    const tensor = meanOf(graph, groups, ({ part, features: chosen, places }) => {
      const seen = seenBy(chosen, features);
      return PARTS.has(part, 'predict_proba')
        ? spread(graph, parts.predict_proba(part, seen).tensor, places, width)
        : oneHot(graph, votes(graph, part, seen, known, parts), width, [1, 0]);
    });
    return { tensor, width };
  },
  predict: (graph, model, features, parts) =>
    greatestLabel(graph, model.classes_, parts.predict_proba(model, features).tensor),
};

export const BAGGING_REGRESSOR: AnswerRow<BaggingRegressor> = {
  predict: (graph, { groups }, features, parts) => {
    let width: number | null = null;
    const tensor = meanOf(graph, groups, ({ part, features: chosen }) => {
      const answer = numbers(graph, part, seenBy(chosen, features), parts);
      width = answer.width;
      return answer.tensor;
    });
    return { role: 'regressor', tensor, width };
  },
};
