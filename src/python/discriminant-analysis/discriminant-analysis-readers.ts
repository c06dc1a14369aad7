// Turns every class of sklearn.discriminant_analysis into how it is read from what Python saved.
import type { DISCRIMINANT_ANALYSIS } from '../../estimators/discriminant-analysis/table.js';
import type { ReadersOf } from '../reader.js';

export const DISCRIMINANT_ANALYSIS_READERS = {} satisfies ReadersOf<typeof DISCRIMINANT_ANALYSIS>;
