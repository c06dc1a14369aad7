// Turns the linear classifiers with probabilities into what each class makes of its scores.

import type { LinearDiscriminantAnalysis } from '../../../estimators/discriminant-analysis/linear-discriminant-analysis.js';
import type { LogisticRegressor } from '../../../estimators/linear-model/logistic-regression.js';
import type { SgdClassifier } from '../../../estimators/linear-model/sgd-classifier.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphScores } from '../answer-converter.js';
import { logistic, pairsOf, shares, softmax } from '../scores.js';
import { decide } from './decide.js';
import { LINEAR_CLASSIFIER } from './linear-classifier.js';

/** One class against the others: a probability of each score, which together make 1. */
function oneVersusRest(graph: GraphBuilder, chances: string, width: number | null, uniform: boolean): GraphScores {
  if (width === null) return pairsOf(graph, chances);
  // where all are 0, 0 / 0 is NaN before scikit-learn 1.9
  return { tensor: shares(graph, chances, uniform ? 1 / width : Number.NaN), width };
}

export const LOGISTIC_REGRESSION: AnswerRow<LogisticRegressor<string>> = {
  ...LINEAR_CLASSIFIER,
  predict_proba: (graph, model, features) => {
    const { tensor, width } = decide(graph, model, features);
    const { multi_class, all_zero = 'uniform' } = model;
    if (multi_class === 'ovr') return oneVersusRest(graph, logistic(graph, tensor), width, all_zero === 'uniform');
    if (width !== null) return { tensor: softmax(graph, tensor), width };
    if (multi_class === undefined) return pairsOf(graph, logistic(graph, tensor));
    const both = graph.node('Concat', [graph.node('Neg', [tensor]), tensor], { attributes: { axis: 0n } });
    return { tensor: softmax(graph, both), width: 2 };
  },
};

export const SGD_CLASSIFIER: AnswerRow<SgdClassifier> = {
  ...LINEAR_CLASSIFIER,
  predict_proba: (graph, model, features) => {
    const { tensor, width } = decide(graph, model, features);
    if (model.loss === 'log_loss')
      return oneVersusRest(graph, logistic(graph, tensor), width, model.all_zero === 'uniform');
    const clipped = graph.node('Clip', [tensor, graph.doubles('low', [], [-1]), graph.doubles('high', [], [1])]);
    const raised = graph.node('Add', [clipped, graph.doubles('one', [], [1])]);
    return oneVersusRest(graph, graph.node('Div', [raised, graph.doubles('two', [], [2])]), width, true);
  },
};

export const LINEAR_DISCRIMINANT_ANALYSIS: AnswerRow<LinearDiscriminantAnalysis> = {
  ...LINEAR_CLASSIFIER,
  predict_proba: (graph, model, features) => {
    const { tensor, width } = decide(graph, model, features);
    return width === null ? pairsOf(graph, logistic(graph, tensor)) : { tensor: softmax(graph, tensor), width };
  },
  predict_log_proba: (graph, model, features, parts) => {
    const { tensor, width } = parts.predict_proba(model, features);
    const none = graph.node('Equal', [tensor, graph.doubles('zero', [], [0])]);
    const least = graph.doubles('least', [], [2.2250738585072014e-308]);
    return { tensor: graph.node('Log', [graph.node('Where', [none, least, tensor])]), width };
  },
};
