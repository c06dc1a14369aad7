// Turns every class of sklearn.multioutput and multiclass into how it is read from what Python saved.
import type { MULTIOUTPUT } from '../../estimators/multioutput/table.js';
import type { ReadersOf } from '../reader.js';

export const MULTIOUTPUT_READERS = {} satisfies ReadersOf<typeof MULTIOUTPUT>;
