// Turns a neural network into one Gemm and one activation a layer.
import type { NeuralNetwork } from '../../../estimators/neural-network/layers.js';
import type { MlpClassifier, MlpRegressor } from '../../../estimators/neural-network/mlp.js';
import { stepName } from '../../../estimators/step-name.js';
import type { Feature } from '../../convert/features.js';
import type { GraphBuilder } from '../../convert/graph-builder.js';
import type { AnswerRow } from '../answer-converter.js';
import { checkedMatrix } from '../checked-matrix.js';
import { gemm } from '../gemm.js';
import { above, greatestLabel } from '../labels.js';
import { labelsAbove } from '../labels-above.js';
import { logistic, pairsOf, softmax } from '../scores.js';

function activated(graph: GraphBuilder, values: string, by: NeuralNetwork<string>['out_activation_']): string {
  switch (by) {
    case 'identity':
      return values;
    case 'softmax':
      return softmax(graph, values);
    case 'logistic':
      return logistic(graph, values);
    case 'tanh':
      return graph.node('Tanh', [values]);
    case 'exp':
      return graph.node('Exp', [values]);
    case 'relu':
      return graph.node('Max', [values, graph.doubles('zero', [], [0])]);
  }
}

/** [outputs, N] */
function outputsOf(graph: GraphBuilder, model: NeuralNetwork<string>, features: readonly Feature[]): string {
  const last = model.layers.length - 1;
  return model.layers.reduce(
    (values, { coefs, intercepts }, at) => {
      const count = intercepts.length;
      const inputs = coefs.length / count;
      const turned = Float64Array.from(coefs, (_, i) => coefs[(i % inputs) * count + Math.floor(i / inputs)]!);
      const made = gemm(graph, values, turned, intercepts);
      return activated(graph, made, at === last ? model.out_activation_ : model.activation);
    },
    checkedMatrix(graph, features, stepName(model.kind)),
  );
}

const countOf = ({ layers }: NeuralNetwork<string>): number => layers.at(-1)!.intercepts.length;

export const MLP_REGRESSOR: AnswerRow<MlpRegressor> = {
  predict: (graph, model, features) => {
    const count = countOf(model);
    return { role: 'regressor', tensor: outputsOf(graph, model, features), width: count === 1 ? null : count };
  },
};

export const MLP_CLASSIFIER: AnswerRow<MlpClassifier> = {
  predict: (graph, model, features) => {
    const tensor = outputsOf(graph, model, features);
    const count = countOf(model);
    if (model.multilabel) return labelsAbove(graph, 0.5, tensor, count);
    if (count > 1 || model.classes_.values.length < 2) return greatestLabel(graph, model.classes_, tensor);
    return { role: 'classifier', classes: model.classes_, codes: above(graph, tensor, 0.5) };
  },
  predict_proba: (graph, model, features) => {
    const tensor = outputsOf(graph, model, features);
    const count = countOf(model);
    return count === 1 ? pairsOf(graph, tensor) : { tensor, width: count };
  },
};
