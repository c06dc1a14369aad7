// Turns every class of sklearn.feature_selection into how it is read from what Python saved.
import type { FEATURE_SELECTION } from '../../estimators/feature-selection/table.js';
import type { ReadersOf } from '../reader.js';

export const FEATURE_SELECTION_READERS = {} satisfies ReadersOf<typeof FEATURE_SELECTION>;
