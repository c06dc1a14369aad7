// Turns every class of sklearn.neighbors into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const NEIGHBORS = {} satisfies Rows<never>;
