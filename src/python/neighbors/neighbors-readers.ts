// Turns every class of sklearn.neighbors into how it is read from what Python saved.
import type { NEIGHBORS } from '../../estimators/neighbors/table.js';
import type { ReadersOf } from '../reader.js';

export const NEIGHBORS_READERS = {} satisfies ReadersOf<typeof NEIGHBORS>;
