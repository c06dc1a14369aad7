// Turns every class of sklearn.ensemble into how it is read from what Python saved.
import type { ENSEMBLE } from '../../estimators/ensemble/table.js';
import type { ReadersOf } from '../reader.js';

export const ENSEMBLE_READERS = {} satisfies ReadersOf<typeof ENSEMBLE>;
