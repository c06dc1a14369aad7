// Turns every class of sklearn.mixture into how it is read from what Python saved.
import type { MIXTURE } from '../../estimators/mixture/table.js';
import type { ReadersOf } from '../reader.js';
import { readBayesianGaussianMixture, readGaussianMixture } from './read-mixture.js';

export const MIXTURE_READERS = {
  BayesianGaussianMixture: { modules: ['sklearn.mixture._bayesian_mixture'], read: readBayesianGaussianMixture },
  GaussianMixture: { modules: ['sklearn.mixture._gaussian_mixture'], read: readGaussianMixture },
} satisfies ReadersOf<typeof MIXTURE>;
