// Turns features into labels and probabilities, or into quantities, by a neural network (sklearn.neural_network.MLPClassifier and
// MLPRegressor).
import type { AnyLabels } from '../fitted.js';
import type { Frame } from '../frame.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import { labelsAbove } from '../labels/labels-above.js';
import type { Prediction, Scores, ValuePrediction } from '../prediction.js';
import { pairsOf } from '../probabilities/pairs-of.js';
import { type NeuralNetwork, networkOutputs } from './layers.js';

export type MlpRegressor = NeuralNetwork<'MLPRegressor'>;

export interface MlpClassifier extends NeuralNetwork<'MLPClassifier'> {
  readonly classes_: AnyLabels;
  /** Each output is of a label of its own, which a row has or not. */
  readonly multilabel: boolean;
}

const outputsOf = ({ layers }: NeuralNetwork<string>): number => layers.at(-1)!.intercepts.length;

export function predictMlpRegressor(model: MlpRegressor, frame: Frame): ValuePrediction {
  const width = outputsOf(model);
  return { role: 'regressor', values: networkOutputs(model, frame), width: width === 1 ? null : width };
}

export function predictMlpClassifier(model: MlpClassifier, frame: Frame): Prediction {
  const { classes_: classes } = model;
  const outputs = networkOutputs(model, frame);
  if (model.multilabel) return labelsAbove(0.5, outputs, outputsOf(model));
  if (outputsOf(model) > 1) return greatestClasses(classes, outputs);
  const second = classes.values.length - 1;
  const codes = Int32Array.from(outputs, (chance) => (chance > 0.5 ? second : 0));
  return { role: 'classifier', classes, codes };
}

export function mlpProbabilities(model: MlpClassifier, frame: Frame): Scores {
  const values = networkOutputs(model, frame);
  const width = outputsOf(model);
  return width === 1 ? pairsOf(values) : { values, width };
}
