// Turns every class of sklearn.cross_decomposition into how it is read from what Python saved.
import type { CROSS_DECOMPOSITION } from '../../estimators/cross-decomposition/table.js';
import type { ReadersOf } from '../reader.js';

export const CROSS_DECOMPOSITION_READERS = {} satisfies ReadersOf<typeof CROSS_DECOMPOSITION>;
