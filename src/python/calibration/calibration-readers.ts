// Turns every class of sklearn.calibration and isotonic into how it is read from what Python saved.
import type { CALIBRATION } from '../../estimators/calibration/table.js';
import type { ReadersOf } from '../reader.js';
import { readCalibratedClassifier } from './read-calibrated-classifier.js';
import { readIsotonicRegression } from './read-isotonic-regression.js';

export const CALIBRATION_READERS = {
  CalibratedClassifierCV: { modules: ['sklearn.calibration'], read: readCalibratedClassifier },
  IsotonicRegression: { modules: ['sklearn.isotonic'], read: readIsotonicRegression },
} satisfies ReadersOf<typeof CALIBRATION>;
