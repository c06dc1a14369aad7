// Turns every class of sklearn.impute into how it is read from what Python saved.
import type { IMPUTE } from '../../estimators/impute/table.js';
import type { ReadersOf } from '../reader.js';
import { readMissingIndicator } from './read-missing-indicator.js';
import { readSimpleImputer } from './read-simple-imputer.js';

export const IMPUTE_READERS = {
  MissingIndicator: { modules: ['sklearn.impute._base'], read: readMissingIndicator },
  SimpleImputer: { modules: ['sklearn.impute._base'], read: readSimpleImputer },
} satisfies ReadersOf<typeof IMPUTE>;
