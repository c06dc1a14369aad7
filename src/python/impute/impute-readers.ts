// Turns every class of sklearn.impute into how it is read from what Python saved.
import type { IMPUTE } from '../../estimators/impute/table.js';
import type { ReadersOf } from '../reader.js';
import { readIterativeImputer } from './read-iterative-imputer.js';
import { readKNNImputer } from './read-knn-imputer.js';
import { readMissingIndicator } from './read-missing-indicator.js';
import { readSimpleImputer } from './read-simple-imputer.js';

export const IMPUTE_READERS = {
  IterativeImputer: { modules: ['sklearn.impute._iterative'], read: readIterativeImputer },
  KNNImputer: { modules: ['sklearn.impute._knn'], read: readKNNImputer },
  MissingIndicator: { modules: ['sklearn.impute._base'], read: readMissingIndicator },
  SimpleImputer: { modules: ['sklearn.impute._base'], read: readSimpleImputer },
} satisfies ReadersOf<typeof IMPUTE>;
