// Turns AdaBoostClassifier (SAMME) into the weighted votes of its estimators.
import type { AdaBoostClassifier } from '../../../estimators/ensemble/ada-boost-classifier.js';
import { stepName } from '../../../estimators/step-name.js';
import { namesOf, rowsOf } from '../../convert/features.js';
import type { AnswerRow, GraphLabels } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { above, greatestLabel } from '../labels.js';
import { noExactForm } from '../no-exact-form.js';
import { rowAt } from '../rows.js';
import { softmax } from '../scores.js';
import { divided, sumOf } from '../sums.js';
import { oneHot, votes } from '../votes.js';

export const ADA_BOOST_CLASSIFIER: AnswerRow<AdaBoostClassifier> = {
  decision_function: (graph, model, features, parts) => {
    const { classes_, estimators_, estimator_weights_, weights, algorithm, kind } = model;
    const count = classes_.values.length;
    if (algorithm === 'SAMME.R') throw noExactForm(kind, 'its algorithm is SAMME.R');
    if (count < 2) throw noExactForm(kind, 'it knows one class only');
    // the trees take missing values, but the ensemble does not
    const seen = rowsOf(checkedMatrix(graph, features, stepName(kind)), namesOf(features));
    const all = estimators_.map((part, e) => {
      const weight = estimator_weights_[e]!;
      const other = algorithm === 'SAMME' ? (-1 / (count - 1)) * weight : 0;
      return oneHot(graph, votes(graph, part, seen, classes_, parts), count, [weight, other]);
    });
    const scores = divided(graph, sumOf(graph, all), weights);
    if (count > 2) return { tensor: scores, width: count };
    return { tensor: graph.node('Sub', [rowAt(graph, scores, 1), rowAt(graph, scores, 0)]), width: null };
  },
  predict: (graph, model, features, parts): GraphLabels => {
    const { tensor, width } = parts.decision_function(model, features);
    if (width !== null) return greatestLabel(graph, model.classes_, tensor);
    return { role: 'classifier', classes: model.classes_, codes: above(graph, tensor, 0) };
  },
  predict_proba: (graph, model, features, parts) => {
    const { tensor, width } = parts.decision_function(model, features);
    if (width !== null) return { tensor: softmax(graph, divided(graph, tensor, width - 1)), width };
    const both = graph.node('Concat', [graph.node('Neg', [tensor]), tensor], { attributes: { axis: 0n } });
    return { tensor: softmax(graph, divided(graph, both, 2)), width: 2 };
  },
};
