// Turns features into labels and probabilities by a linear model that was fitted row by row (sklearn.linear_model.SGDClassifier).
import type { Method } from '../evaluator.js';
import type { Frame } from '../frame.js';
import type { Scores } from '../prediction.js';
import { oneVersusRest } from '../probabilities/one-versus-rest.js';
import { logistic } from '../special/logistic.js';
import { decideLinearClassifier, type LinearClassifier } from './linear-classifier.js';

export interface SgdClassifier extends LinearClassifier<'SGDClassifier'> {
  /** Only these two losses have probabilities. */
  readonly loss: 'log_loss' | 'modified_huber' | 'other';
  /** What becomes of a row where every logistic is zero; 'NaN' before scikit-learn 1.9. */
  readonly all_zero: 'uniform' | 'NaN';
}

export function sgdProbabilities(model: SgdClassifier, frame: Frame): Scores {
  const scores = decideLinearClassifier(model, frame);
  if (model.loss === 'log_loss') return oneVersusRest(scores, logistic, model.all_zero);
  return oneVersusRest(scores, (score) => (Math.min(1, Math.max(-1, score)) + 1) / 2, 'uniform');
}

export const hasSgdMethod = ({ loss }: SgdClassifier, method: Method): boolean =>
  method !== 'predict_proba' || loss !== 'other';
