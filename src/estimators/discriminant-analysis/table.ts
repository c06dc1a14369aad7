// Turns every class of sklearn.discriminant_analysis into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const DISCRIMINANT_ANALYSIS = {} satisfies Rows<never>;
