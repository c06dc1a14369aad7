// Turns every class of sklearn.preprocessing into how it is read from what Python saved.
import type { PREPROCESSING } from '../../estimators/preprocessing/table.js';
import type { ReadersOf } from '../reader.js';
import { readStandardScaler } from './read-standard-scaler.js';

export const PREPROCESSING_READERS = {
  StandardScaler: { modules: ['sklearn.preprocessing._data'], read: readStandardScaler },
  MinMaxScaler: 'unsupported',
  OneHotEncoder: 'unsupported',
  OrdinalEncoder: 'unsupported',
} satisfies ReadersOf<typeof PREPROCESSING>;
