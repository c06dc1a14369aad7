// Turns an estimator of any class into its answers.
import type { Parts } from './evaluator.js';
import { EVALUATORS } from './evaluators.js';
import { partsOf } from './parts-of.js';

export const PARTS: Parts = partsOf(EVALUATORS);
