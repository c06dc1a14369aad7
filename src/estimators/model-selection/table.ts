// Turns every class of sklearn.model_selection and frozen into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { SEARCH_ROW, type Search } from './search.js';
import { THRESHOLD_ROW, type ThresholdClassifier } from './threshold-classifier.js';

type Searches =
  | 'GridSearchCV'
  | 'RandomizedSearchCV'
  | 'HalvingGridSearchCV'
  | 'HalvingRandomSearchCV'
  | 'FrozenEstimator';

export const MODEL_SELECTION = {
  GridSearchCV: SEARCH_ROW,
  RandomizedSearchCV: SEARCH_ROW,
  HalvingGridSearchCV: SEARCH_ROW,
  HalvingRandomSearchCV: SEARCH_ROW,
  FrozenEstimator: SEARCH_ROW,
  FixedThresholdClassifier: THRESHOLD_ROW,
  TunedThresholdClassifierCV: THRESHOLD_ROW,
} satisfies Rows<Search<Searches> | ThresholdClassifier<'FixedThresholdClassifier' | 'TunedThresholdClassifierCV'>>;
