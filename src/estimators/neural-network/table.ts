// Turns every class of sklearn.neural_network into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const NEURAL_NETWORK = {} satisfies Rows<never>;
