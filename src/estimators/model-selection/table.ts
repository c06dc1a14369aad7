// Turns every class of sklearn.model_selection and frozen into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const MODEL_SELECTION = {} satisfies Rows<never>;
