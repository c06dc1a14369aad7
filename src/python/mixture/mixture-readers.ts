// Turns every class of sklearn.mixture into how it is read from what Python saved.
import type { MIXTURE } from '../../estimators/mixture/table.js';
import type { ReadersOf } from '../reader.js';

export const MIXTURE_READERS = {} satisfies ReadersOf<typeof MIXTURE>;
