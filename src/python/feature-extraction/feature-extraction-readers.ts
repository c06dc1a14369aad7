// Turns every class of sklearn.feature_extraction into how it is read from what Python saved.
import type { FEATURE_EXTRACTION } from '../../estimators/feature-extraction/table.js';
import type { ReadersOf } from '../reader.js';

export const FEATURE_EXTRACTION_READERS = {} satisfies ReadersOf<typeof FEATURE_EXTRACTION>;
