// Turns every class of sklearn.covariance into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const COVARIANCE = {} satisfies Rows<never>;
