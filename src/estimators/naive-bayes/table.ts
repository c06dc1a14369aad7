// Turns every class of sklearn.naive_bayes into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type CategoricalNb, categoricalLikelihoods } from './categorical-nb.js';
import {
  type BernoulliNb,
  bernoulliLikelihoods,
  complementLikelihoods,
  type DiscreteNb,
  multinomialLikelihoods,
} from './discrete-nb.js';
import { type GaussianNb, gaussianLikelihoods } from './gaussian-nb.js';
import { naiveBayesRow } from './joint-log-likelihood.js';

export const NAIVE_BAYES = {
  BernoulliNB: naiveBayesRow<BernoulliNb>(bernoulliLikelihoods),
  CategoricalNB: naiveBayesRow<CategoricalNb>(categoricalLikelihoods),
  ComplementNB: naiveBayesRow<DiscreteNb<'ComplementNB'>>(complementLikelihoods),
  GaussianNB: naiveBayesRow<GaussianNb>(gaussianLikelihoods),
  MultinomialNB: naiveBayesRow<DiscreteNb<'MultinomialNB'>>(multinomialLikelihoods),
} satisfies Rows<BernoulliNb | CategoricalNb | DiscreteNb<'ComplementNB'> | GaussianNb | DiscreteNb<'MultinomialNB'>>;
