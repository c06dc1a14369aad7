// Turns features into joint log-likelihoods by a normal distribution of each feature in each class (sklearn.naive_bayes.GaussianNB).
import { log } from '../exponential.js';
import { type Frame, matrixOf } from '../frame.js';
import { pairwiseSum } from '../pairwise-sum.js';
import type { NaiveBayes } from './joint-log-likelihood.js';

export interface GaussianNb extends NaiveBayes<'GaussianNB'> {
  /** [classes] */
  readonly class_prior_: Float64Array;
  /** Means and variances, row-major, classes × features */
  readonly theta_: Float64Array;
  readonly var_: Float64Array;
}

export function gaussianLikelihoods({ class_prior_, theta_, var_ }: GaussianNb, frame: Frame): Float64Array {
  const matrix = matrixOf(frame, 'gaussian_nb');
  const classes = class_prior_.length;
  const features = theta_.length / classes;
  const made = new Float64Array(frame.rows * classes);
  for (let k = 0; k < classes; k++) {
    const at = k * features;
    const terms = new Float64Array(features);
    for (let j = 0; j < features; j++) terms[j] = log(2 * Math.PI * var_[at + j]!);
    const [prior, constant] = [log(class_prior_[k]!), -0.5 * pairwiseSum(terms)];
    for (let i = 0; i < frame.rows; i++) {
      for (let j = 0; j < features; j++) {
        const difference = matrix[i * features + j]! - theta_[at + j]!;
        terms[j] = (difference * difference) / var_[at + j]!;
      }
      // in numpy's order: a steep calibration behind it makes much of the last digit
      made[i * classes + k] = prior + (constant - 0.5 * pairwiseSum(terms));
    }
  }
  return made;
}
