// Turns every class of sklearn.semi_supervised into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const SEMI_SUPERVISED = {} satisfies Rows<never>;
