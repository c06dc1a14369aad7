// Turns every class of sklearn.calibration and isotonic into how it is read from what Python saved.
import type { CALIBRATION } from '../../estimators/calibration/table.js';
import type { ReadersOf } from '../reader.js';

export const CALIBRATION_READERS = {} satisfies ReadersOf<typeof CALIBRATION>;
