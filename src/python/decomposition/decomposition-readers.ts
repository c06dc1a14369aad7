// Turns every class of sklearn.decomposition into how it is read from what Python saved.
import type { DECOMPOSITION } from '../../estimators/decomposition/table.js';
import type { ReadersOf } from '../reader.js';

export const DECOMPOSITION_READERS = {} satisfies ReadersOf<typeof DECOMPOSITION>;
