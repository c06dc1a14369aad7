// Turns every class of sklearn.manifold into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type Isomap, transformIsomap } from './isomap.js';
import { type LocallyLinearEmbedding, transformLocallyLinearEmbedding } from './locally-linear-embedding.js';

export const MANIFOLD = {
  Isomap: { role: 'transformer', transform: transformIsomap },
  LocallyLinearEmbedding: { role: 'transformer', transform: transformLocallyLinearEmbedding },
} satisfies Rows<Isomap | LocallyLinearEmbedding>;
