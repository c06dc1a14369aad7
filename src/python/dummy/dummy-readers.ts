// Turns every class of sklearn.dummy into how it is read from what Python saved.
import type { DUMMY } from '../../estimators/dummy/table.js';
import type { ReadersOf } from '../reader.js';
import { readDummyClassifier } from './read-dummy-classifier.js';
import { readDummyRegressor } from './read-dummy-regressor.js';

const modules = ['sklearn.dummy'];

export const DUMMY_READERS = {
  DummyClassifier: { modules, read: readDummyClassifier },
  DummyRegressor: { modules, read: readDummyRegressor },
} satisfies ReadersOf<typeof DUMMY>;
