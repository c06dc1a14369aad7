// Turns every class of sklearn.calibration and isotonic into how it is evaluated.
import type { Rows } from '../evaluator.js';

export const CALIBRATION = {} satisfies Rows<never>;
