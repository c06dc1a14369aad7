// Turns the linear classifiers of scikit-learn into one Gemm and the label of the greatest score.
import type { LinearClassifier } from '../../../estimators/linear-model/linear-classifier.js';
import type { RidgeClassification } from '../../../estimators/linear-model/ridge-classifier.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow, GraphPrediction } from '../answer-converter.js';
import { above, greatestLabel } from '../labels.js';
import { labelsAbove } from '../labels-above.js';
import { decide } from './decide.js';

function classify(graph: GraphBuilder, model: LinearClassifier<string>, features: readonly Feature[]): GraphPrediction {
  const { tensor, width } = decide(graph, model, features);
  return width === null
    ? { role: 'classifier', classes: model.classes_, codes: above(graph, tensor, 0) }
    : greatestLabel(graph, model.classes_, tensor);
}

export const LINEAR_CLASSIFIER: AnswerRow<LinearClassifier<string>> = {
  predict: classify,
  decision_function: decide,
};

export const RIDGE_CLASSIFIER: AnswerRow<RidgeClassification<string>> = {
  ...LINEAR_CLASSIFIER,
  predict: (graph, model, features) =>
    model.multilabel
      ? labelsAbove(graph, 0, decide(graph, model, features).tensor, model.intercept_.length)
      : classify(graph, model, features),
};
