// Turns every class of sklearn.decomposition into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const DECOMPOSITION = {} satisfies Rows<never>;
