// Turns every class of sklearn.ensemble into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const ENSEMBLE = {} satisfies Rows<never>;
