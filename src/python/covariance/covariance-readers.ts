// Turns every class of sklearn.covariance into how it is read from what Python saved.
import type { COVARIANCE } from '../../estimators/covariance/table.js';
import type { ReadersOf } from '../reader.js';

export const COVARIANCE_READERS = {} satisfies ReadersOf<typeof COVARIANCE>;
