// Turns features into labels by a ridge regression on −1 and 1 (sklearn.linear_model.RidgeClassifier and RidgeClassifierCV).
import type { Frame } from '../frame.js';
import { labelsAbove } from '../labels/labels-above.js';
import type { Prediction } from '../prediction.js';
import { decideLinearClassifier, type LinearClassifier, predictLinearClassifier } from './linear-classifier.js';

export interface RidgeClassification<Kind extends string> extends LinearClassifier<Kind> {
  /** Each score is of a label of its own, which a row has or not. */
  readonly multilabel: boolean;
}

export function predictRidgeClassifier(model: RidgeClassification<string>, frame: Frame): Prediction {
  if (!model.multilabel) return predictLinearClassifier(model, frame);
  return labelsAbove(0, decideLinearClassifier(model, frame).values, model.intercept_.length);
}
