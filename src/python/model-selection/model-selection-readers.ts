// Turns every class of sklearn.model_selection and frozen into how it is read from what Python saved.
import type { MODEL_SELECTION } from '../../estimators/model-selection/table.js';
import type { ReadersOf } from '../reader.js';

export const MODEL_SELECTION_READERS = {} satisfies ReadersOf<typeof MODEL_SELECTION>;
