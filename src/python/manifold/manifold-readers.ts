// Turns every class of sklearn.manifold into how it is read from what Python saved.
import type { MANIFOLD } from '../../estimators/manifold/table.js';
import type { ReadersOf } from '../reader.js';
import { readIsomap, readLocallyLinearEmbedding } from './read-manifold.js';

export const MANIFOLD_READERS = {
  Isomap: { modules: ['sklearn.manifold._isomap'], read: readIsomap },
  LocallyLinearEmbedding: { modules: ['sklearn.manifold._locally_linear'], read: readLocallyLinearEmbedding },
} satisfies ReadersOf<typeof MANIFOLD>;
