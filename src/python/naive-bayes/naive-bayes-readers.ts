// Turns every class of sklearn.naive_bayes into how it is read from what Python saved.
import type { NAIVE_BAYES } from '../../estimators/naive-bayes/table.js';
import type { ReadersOf } from '../reader.js';
import { readBernoulliNb, readCategoricalNb, readDiscreteNb } from './read-discrete-nb.js';
import { readGaussianNb } from './read-gaussian-nb.js';

const modules = ['sklearn.naive_bayes'];

export const NAIVE_BAYES_READERS = {
  BernoulliNB: { modules, read: readBernoulliNb },
  CategoricalNB: { modules, read: readCategoricalNb },
  ComplementNB: { modules, read: (attributes) => readDiscreteNb('ComplementNB', attributes) },
  GaussianNB: { modules, read: readGaussianNb },
  MultinomialNB: { modules, read: (attributes) => readDiscreteNb('MultinomialNB', attributes) },
} satisfies ReadersOf<typeof NAIVE_BAYES>;
