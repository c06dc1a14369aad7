// Turns every class of sklearn.feature_selection into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const FEATURE_SELECTION = {} satisfies Rows<never>;
