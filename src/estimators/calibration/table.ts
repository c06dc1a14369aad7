// Turns every class of sklearn.calibration and isotonic into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { type CalibratedClassifierCV, calibratedProbabilities, predictCalibrated } from './calibrated-classifier.js';
import { type IsotonicRegression, isotonicValues, predictIsotonic } from './isotonic-regression.js';

export const CALIBRATION = {
  CalibratedClassifierCV: {
    role: 'classifier',
    anyWidth: true,
    predict: predictCalibrated,
    predict_proba: calibratedProbabilities,
  },
  IsotonicRegression: {
    role: 'regressor',
    predict: predictIsotonic,
    transform: (model, frame) =>
      frameOfMatrix(frame.rows, 1, isotonicValues(model, matrixOf(frame, 'isotonic_regression'))),
  },
} satisfies Rows<CalibratedClassifierCV | IsotonicRegression>;
