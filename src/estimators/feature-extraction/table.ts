// Turns every class of sklearn.feature_extraction into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const FEATURE_EXTRACTION = {} satisfies Rows<never>;
