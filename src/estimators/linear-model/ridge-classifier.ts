// Turns features into labels by a ridge regression on −1 and 1 (sklearn.linear_model.RidgeClassifier and RidgeClassifierCV).
import type { AnyLabels } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { Prediction } from '../prediction.js';
import { decideLinearClassifier, type LinearClassifier, predictLinearClassifier } from './linear-classifier.js';

export interface RidgeClassification<Kind extends string> extends LinearClassifier<Kind> {
  /** Each score is of a label of its own, which a row has or not. */
  readonly multilabel: boolean;
}

const HAS_LABEL: AnyLabels = { type: 'long', values: [0n, 1n] };

export function predictRidgeClassifier(model: RidgeClassification<string>, frame: Frame): Prediction {
  if (!model.multilabel) return predictLinearClassifier(model, frame);
  const { values } = decideLinearClassifier(model, frame);
  const width = model.intercept_.length;
  const outputs = Array.from({ length: width }, (_, k) => {
    const codes = Int32Array.from({ length: frame.rows }, (_, i) => Number(values[i * width + k]! > 0));
    return { role: 'classifier', classes: HAS_LABEL, codes } as const;
  });
  return { role: 'outputs', outputs };
}
