// Turns every class of sklearn.manifold into how it is read from what Python saved.
import type { MANIFOLD } from '../../estimators/manifold/table.js';
import type { ReadersOf } from '../reader.js';

export const MANIFOLD_READERS = {} satisfies ReadersOf<typeof MANIFOLD>;
