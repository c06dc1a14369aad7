// Turns what Python saved of a neural network into its value.
import type { NeuralNetwork } from '../../estimators/neural-network/layers.js';
import type { MlpClassifier } from '../../estimators/neural-network/mlp.js';
import type { Attributes } from '../attributes.js';
import { readTargetLabels } from '../read-target-labels.js';

/** The outputs of each layer are the inputs of the next. */
export function readMlp<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  outputs?: number,
): NeuralNetwork<Kind> {
  const coefs = attributes.get('coefs_').items();
  const intercepts = attributes.get('intercepts_').items();
  if (coefs.length === 0 || intercepts.length !== coefs.length)
    attributes.get('intercepts_').fail(`intercepts of ${coefs.length} layers`);
  const width = coefs[0]!.matrix().rows;
  let inputs = width;
  const layers = coefs.map((value, at) => {
    const matrix = value.matrix(at === coefs.length - 1 ? outputs : undefined, inputs);
    inputs = matrix.width;
    if (inputs === 0) value.fail('at least one output');
    return { coefs: matrix.values, intercepts: intercepts[at]!.vector(inputs) };
  });
  return {
    ...attributes.fitted(kind, width),
    dtype: coefs.every((value) => value.isFloat32) ? 'float32' : 'float64',
    layers,
    activation: attributes.get('activation').choice('identity', 'logistic', 'tanh', 'relu'),
    out_activation_: attributes.get('out_activation_').choice('identity', 'logistic', 'softmax', 'exp'),
  };
}

export function readMlpClassifier(attributes: Attributes): MlpClassifier {
  const { classes, multilabel, outputs } = readTargetLabels(attributes.get('_label_binarizer'));
  return { ...readMlp('MLPClassifier', attributes, outputs), classes_: classes, multilabel };
}
