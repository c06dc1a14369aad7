// Turns categories, which are whole numbers from 0 on, into joint log-likelihoods (sklearn.naive_bayes.CategoricalNB).
import { RowError } from '../../errors/row-error.js';
import { type Frame, matrixOf } from '../frame.js';
import type { NaiveBayes } from './joint-log-likelihood.js';

export interface CategoricalNb extends NaiveBayes<'CategoricalNB'> {
  /** For each feature, row-major, classes × categories */
  readonly feature_log_prob_: readonly Float64Array[];
  /** [classes] */
  readonly class_log_prior_: Float64Array;
}

export function categoricalLikelihoods(model: CategoricalNb, frame: Frame): Float64Array {
  const { feature_log_prob_, class_log_prior_ } = model;
  const matrix = matrixOf(frame, 'categorical_nb');
  const classes = class_log_prior_.length;
  const made = new Float64Array(frame.rows * classes);
  for (const [j, logs] of feature_log_prob_.entries()) {
    const categories = logs.length / classes;
    for (let i = 0; i < frame.rows; i++) {
      const value = matrix[i * feature_log_prob_.length + j]!;
      // numpy makes an integer of it
      const category = Math.trunc(value);
      if (!(category >= 0 && category < categories)) throw unknownCategory(j, value, categories, i);
      for (let k = 0; k < classes; k++) made[i * classes + k]! += logs[k * categories + category]!;
    }
  }
  for (let at = 0; at < made.length; at++) made[at] = made[at]! + class_log_prior_[at % classes]!;
  return made;
}

function unknownCategory(feature: number, value: number, categories: number, row: number): RowError {
  return new RowError(
    'DATA_INVALID',
    (where) => `categorical_nb: feature ${feature} is ${value} in ${where}; its categories are 0 to ${categories - 1}`,
    row,
    { hint: 'remove the row, or train the model again with min_categories' },
  );
}
