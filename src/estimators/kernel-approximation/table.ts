// Turns every class of sklearn.kernel_approximation, kernel_ridge and random_projection into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const KERNEL_APPROXIMATION = {} satisfies Rows<never>;
