// Turns counts into joint log-likelihoods by a probability of each feature in each class (sklearn.naive_bayes.MultinomialNB,
// ComplementNB and BernoulliNB).
import { exp, log } from '../exponential.js';
import { type Frame, matrixOf, type Numbers } from '../frame.js';
import { frameOfCsr, frameOfMatrix } from '../frame-of-matrix.js';
import { finiteCsr } from '../frames/finite-csr.js';
import { isSingle } from '../frames/is-single.js';
import { linearScoresOf } from '../linear-model/linear-scores.js';
import type { NaiveBayes } from './joint-log-likelihood.js';

export interface DiscreteNb<Kind extends string> extends NaiveBayes<Kind> {
  /** Row-major, classes × features */
  readonly feature_log_prob_: Float64Array;
  /** [classes] */
  readonly class_log_prior_: Float64Array;
}

export interface BernoulliNb extends DiscreteNb<'BernoulliNB'> {
  /** What is above it counts as 1, the rest as 0; null if the numbers are used as they are. */
  readonly binarize: number | null;
}

export function multinomialLikelihoods(model: DiscreteNb<string>, frame: Frame): Float64Array {
  return linearScoresOf(frame, model.feature_log_prob_, model.class_log_prior_, model);
}

/** The frequency of a class only counts if it is the only one. */
export function complementLikelihoods(model: DiscreteNb<string>, frame: Frame): Float64Array {
  const { feature_log_prob_, class_log_prior_ } = model;
  const priors = class_log_prior_.length === 1 ? class_log_prior_ : new Float64Array(class_log_prior_.length);
  return linearScoresOf(frame, feature_log_prob_, priors, model);
}

/** A feature that is absent counts as well. */
export function bernoulliLikelihoods(model: BernoulliNb, frame: Frame): Float64Array {
  const { feature_log_prob_, class_log_prior_, binarize } = model;
  const absent = feature_log_prob_.map((x) => log(1 - exp(x)));
  const features = absent.length / class_log_prior_.length;
  const constants = class_log_prior_.map((prior, k) => {
    let sum = 0;
    for (let j = 0; j < features; j++) sum += absent[k * features + j]!;
    return prior + sum;
  });
  const weights = feature_log_prob_.map((x, at) => x - absent[at]!);
  return linearScoresOf(binarize === null ? frame : binary(frame, binarize), weights, constants, model);
}

function binary(frame: Frame, threshold: number): Frame {
  // numpy compares float32 numbers with the threshold as float32
  const least = isSingle(frame) ? Math.fround(threshold) : threshold;
  const above = (values: Numbers): Numbers => values.map((x) => Number(x > least));
  // below zero, what a sparse matrix leaves out is above the threshold
  if (frame.sparse && threshold >= 0) {
    const csr = finiteCsr(frame.sparse, 'bernoulli_nb');
    return frameOfCsr(frame.rows, { ...csr, data: above(csr.data) });
  }
  const matrix = matrixOf(frame, 'bernoulli_nb');
  return frameOfMatrix(frame.rows, frame.rows === 0 ? 0 : matrix.length / frame.rows, above(matrix));
}
