// Turns every class of sklearn.manifold into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const MANIFOLD = {} satisfies Rows<never>;
