// Turns every class of sklearn.multioutput and multiclass into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const MULTIOUTPUT = {} satisfies Rows<never>;
