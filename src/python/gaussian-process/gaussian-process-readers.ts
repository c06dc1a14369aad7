// Turns every class of sklearn.gaussian_process into how it is read from what Python saved.
import type { GAUSSIAN_PROCESS } from '../../estimators/gaussian-process/table.js';
import type { ReadersOf } from '../reader.js';

export const GAUSSIAN_PROCESS_READERS = {} satisfies ReadersOf<typeof GAUSSIAN_PROCESS>;
