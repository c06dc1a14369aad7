// Turns every class of sklearn.dummy into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type DummyClassifier,
  dummyProbabilities,
  hasDummyMethod,
  predictDummyClassifier,
} from './dummy-classifier.js';
import { type DummyRegressor, predictDummyRegressor } from './dummy-regressor.js';

export const DUMMY = {
  DummyClassifier: {
    role: 'classifier',
    predict: predictDummyClassifier,
    predict_proba: dummyProbabilities,
    has: hasDummyMethod,
    anyWidth: true,
  },
  DummyRegressor: { role: 'regressor', predict: predictDummyRegressor, anyWidth: true },
} satisfies Rows<DummyClassifier | DummyRegressor>;
