// Turns every class of sklearn.model_selection and frozen into how it is read from what Python saved.
import type { MODEL_SELECTION } from '../../estimators/model-selection/table.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readSearch } from './read-search.js';
import { readThresholdClassifier } from './read-threshold-classifier.js';

const search = (kind: string, module: string): ReaderRow => ({
  modules: [module],
  read: (attributes, read) => readSearch(kind, attributes, read),
});

const threshold = (kind: string): ReaderRow => ({
  modules: ['sklearn.model_selection._classification_threshold'],
  read: (attributes, read) => readThresholdClassifier(kind, attributes, read),
});

export const MODEL_SELECTION_READERS = {
  GridSearchCV: search('GridSearchCV', 'sklearn.model_selection._search'),
  RandomizedSearchCV: search('RandomizedSearchCV', 'sklearn.model_selection._search'),
  HalvingGridSearchCV: search('HalvingGridSearchCV', 'sklearn.model_selection._search_successive_halving'),
  HalvingRandomSearchCV: search('HalvingRandomSearchCV', 'sklearn.model_selection._search_successive_halving'),
  FrozenEstimator: {
    modules: ['sklearn.frozen._frozen'],
    read: (attributes, read) => readSearch('FrozenEstimator', attributes, read, 'estimator'),
  },
  FixedThresholdClassifier: threshold('FixedThresholdClassifier'),
  TunedThresholdClassifierCV: threshold('TunedThresholdClassifierCV'),
} satisfies ReadersOf<typeof MODEL_SELECTION>;
