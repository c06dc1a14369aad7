// Turns every class of sklearn.impute into how it is read from what Python saved.
import type { IMPUTE } from '../../estimators/impute/table.js';
import type { ReadersOf } from '../reader.js';

export const IMPUTE_READERS = {
  SimpleImputer: 'unsupported',
} satisfies ReadersOf<typeof IMPUTE>;
