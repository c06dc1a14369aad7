// Turns every class of sklearn.mixture into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type BayesianGaussianMixture,
  type GaussianMixture,
  mixtureProbabilities,
  mixtureScores,
  predictMixture,
} from './gaussian-mixture.js';

const MIXED = {
  role: 'clusterer',
  predict: predictMixture,
  predict_proba: mixtureProbabilities,
  score_samples: mixtureScores,
} as const;

export const MIXTURE = { BayesianGaussianMixture: MIXED, GaussianMixture: MIXED } satisfies Rows<
  BayesianGaussianMixture | GaussianMixture
>;
