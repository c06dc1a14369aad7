// Turns OneVsRestClassifier and the estimators of several targets into the nodes of their estimators, side by side.
import type { Part } from '../../../estimators/fitted.js';
import { binaryThreshold } from '../../../estimators/multioutput/binary-scores.js';
import type { MultiOutput } from '../../../estimators/multioutput/multi-output.js';
import type { OneVsRestClassifier } from '../../../estimators/multioutput/one-vs-rest.js';
import { PARTS } from '../../../estimators/parts.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphParts, GraphPrediction } from '../answer-converter.js';
import { above, greatestLabel } from '../labels.js';
import { labelsAbove } from '../labels-above.js';
import { noExactForm } from '../no-exact-form.js';
import { rowAt } from '../rows.js';
import { pairsOf, shares } from '../scores.js';
import { numbers } from '../votes.js';

const sideBySide = (graph: GraphBuilder, rows: readonly string[]): string =>
  rows.length === 1 ? rows[0]! : graph.node('Concat', rows, { attributes: { axis: 0n } });

/** [1, N]: the score that a classifier of two classes gives its second one. */
function binaryScore(graph: GraphBuilder, part: Part, features: readonly Feature[], parts: GraphParts): string {
  if (PARTS.roleOf(part) === 'regressor') return numbers(graph, part, features, parts).tensor;
  if (PARTS.has(part, 'decision_function')) return parts.decision_function(part, features).tensor;
  return rowAt(graph, parts.predict_proba(part, features).tensor, 1);
}

export const ONE_VS_REST: AnswerRow<OneVsRestClassifier> = {
  predict: (graph, { estimators_, classes_, multilabel }, features, parts): GraphPrediction => {
    const rows = estimators_.map((part) => binaryScore(graph, part, features, parts));
    const scores = sideBySide(graph, rows);
    const bound = binaryThreshold(estimators_[0]!, PARTS);
    if (multilabel) return labelsAbove(graph, bound, scores, rows.length);
    if (rows.length > 1) return greatestLabel(graph, classes_, scores);
    return { role: 'classifier', classes: classes_, codes: above(graph, scores, bound) };
  },
  predict_proba: (graph, { estimators_, multilabel }, features, parts) => {
    const rows = estimators_.map((part) => rowAt(graph, parts.predict_proba(part, features).tensor, 1));
    const { tensor, width } =
      rows.length === 1 ? pairsOf(graph, rows[0]!) : { tensor: sideBySide(graph, rows), width: rows.length };
    return { tensor: multilabel ? tensor : shares(graph, tensor, null), width };
  },
  decision_function: (graph, { estimators_ }, features, parts) => {
    const rows = estimators_.map((part) => parts.decision_function(part, features).tensor);
    return { tensor: sideBySide(graph, rows), width: rows.length === 1 ? null : rows.length };
  },
};

export const MULTI_OUTPUT: AnswerRow<MultiOutput<string>> = {
  predict: (graph, { estimators_, kind }, features, parts): GraphPrediction => {
    if (kind === 'MultiOutputRegressor') {
      const rows = estimators_.map((part) => numbers(graph, part, features, parts).tensor);
      return { role: 'regressor', tensor: sideBySide(graph, rows), width: rows.length };
    }
    const outputs = estimators_.map((part) => {
      const answer = parts.predict(part, features);
      if (answer.role === 'classifier') return answer;
      throw noExactForm(kind, `its part ${part.kind} is not a classifier of one target`);
    });
    return { role: 'outputs', outputs };
  },
};
