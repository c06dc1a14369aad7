// Turns every class of sklearn.mixture into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const MIXTURE = {} satisfies Rows<never>;
