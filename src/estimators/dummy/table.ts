// Turns every class of sklearn.dummy into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const DUMMY = {} satisfies Rows<never>;
