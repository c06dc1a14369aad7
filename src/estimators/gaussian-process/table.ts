// Turns every class of sklearn.gaussian_process into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type BinaryGaussianProcess,
  binaryProcessProbabilities,
  type GaussianProcessClassifier,
  predictBinaryGaussianProcess,
  predictGaussianProcessClassifier,
  processProbabilities,
} from './gaussian-process-classifier.js';
import { type GaussianProcessRegressor, predictGaussianProcessRegressor } from './gaussian-process-regressor.js';

export const GAUSSIAN_PROCESS = {
  GaussianProcessClassifier: {
    role: 'classifier',
    predict: predictGaussianProcessClassifier,
    predict_proba: processProbabilities,
    has: ({ pairs }, method) => method === 'predict' || !pairs,
  },
  GaussianProcessRegressor: { role: 'regressor', predict: predictGaussianProcessRegressor },
  _BinaryGaussianProcessClassifierLaplace: {
    role: 'classifier',
    predict: predictBinaryGaussianProcess,
    predict_proba: binaryProcessProbabilities,
  },
} satisfies Rows<GaussianProcessClassifier | GaussianProcessRegressor | BinaryGaussianProcess>;
