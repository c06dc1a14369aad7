// Turns CalibratedClassifierCV with logistic curves into the mean of its members' calibrated probabilities.
import type {
  CalibratedClassifierCV,
  CalibratedMember,
} from '../../../estimators/calibration/calibrated-classifier.js';
import { PARTS } from '../../../estimators/parts.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphParts } from '../answer-converter.js';
import { greatestLabel } from '../labels.js';
import { noExactForm } from '../no-exact-form.js';
import { rowAt } from '../rows.js';
import { pairsOf, shares } from '../scores.js';
import { divided, sumOf } from '../sums.js';

/** [classes, N] */
function memberChances(
  graph: GraphBuilder,
  { estimator, places, calibration }: CalibratedMember,
  width: number,
  features: readonly Feature[],
  parts: GraphParts,
): string {
  if (calibration.method !== 'each') throw noExactForm('CalibratedClassifierCV', 'its method is temperature');
  const method = PARTS.has(estimator, 'decision_function') ? 'decision_function' : 'predict_proba';
  const { tensor, width: given } = parts[method](estimator, features);
  const rows = calibration.calibrators.map((calibrator, k) => {
    if (calibrator.kind !== 'sigmoid') throw noExactForm('CalibratedClassifierCV', 'its method is isotonic');
    const score = given === null || given === 1 ? tensor : rowAt(graph, tensor, width === 2 ? 1 : k);
    const scaled = graph.node('Mul', [score, graph.doubles('a', [], [calibrator.a_])]);
    const odds = graph.node('Exp', [graph.node('Add', [scaled, graph.doubles('b', [], [calibrator.b_])])]);
    const one = graph.doubles('one', [], [1]);
    return graph.node('Div', [one, graph.node('Add', [odds, one])]);
  });
  if (width === 2) return pairsOf(graph, rows[0]!).tensor;
  if (places.some((place, k) => place !== k) || rows.length !== width)
    throw noExactForm('CalibratedClassifierCV', 'a member does not know all classes');
  return shares(graph, graph.node('Concat', rows, { attributes: { axis: 0n } }), 1 / width);
}

export const CALIBRATED: AnswerRow<CalibratedClassifierCV> = {
  predict_proba: (graph, { classes_, members }, features, parts) => {
    const width = classes_.values.length;
    const all = members.map((member) => memberChances(graph, member, width, features, parts));
    return { tensor: divided(graph, sumOf(graph, all), all.length), width };
  },
  predict: (graph, model, features, parts) =>
    greatestLabel(graph, model.classes_, parts.predict_proba(model, features).tensor),
};
