// Turns a number into its logistic, 1 / (1 + e^−x), as scipy's expit.
import { exp } from '../exponential.js';

export const logistic = (x: number): number => 1 / (1 + exp(-x));
