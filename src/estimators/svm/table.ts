// Turns every class of sklearn.svm into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const SVM = {} satisfies Rows<never>;
