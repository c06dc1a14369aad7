// Turns every class of sklearn.preprocessing into how it is read from what Python saved.
import type { PREPROCESSING } from '../../estimators/preprocessing/table.js';
import type { ReadersOf } from '../reader.js';
import { readMinMaxScaler } from './read-min-max-scaler.js';
import { readOneHotEncoder } from './read-one-hot-encoder.js';
import { readOrdinalEncoder } from './read-ordinal-encoder.js';
import { readStandardScaler } from './read-standard-scaler.js';

export const PREPROCESSING_READERS = {
  StandardScaler: { modules: ['sklearn.preprocessing._data'], read: readStandardScaler },
  MinMaxScaler: { modules: ['sklearn.preprocessing._data'], read: readMinMaxScaler },
  OneHotEncoder: { modules: ['sklearn.preprocessing._encoders'], read: readOneHotEncoder },
  OrdinalEncoder: { modules: ['sklearn.preprocessing._encoders'], read: readOrdinalEncoder },
} satisfies ReadersOf<typeof PREPROCESSING>;
