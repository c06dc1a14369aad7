// Turns every class of sklearn.gaussian_process into how it is read from what Python saved.
import type { GAUSSIAN_PROCESS } from '../../estimators/gaussian-process/table.js';
import type { ReadersOf } from '../reader.js';
import {
  readBinaryGaussianProcess,
  readGaussianProcessClassifier,
  readGaussianProcessRegressor,
} from './read-gaussian-process.js';

export const GAUSSIAN_PROCESS_READERS = {
  GaussianProcessClassifier: { modules: ['sklearn.gaussian_process._gpc'], read: readGaussianProcessClassifier },
  GaussianProcessRegressor: { modules: ['sklearn.gaussian_process._gpr'], read: readGaussianProcessRegressor },
  _BinaryGaussianProcessClassifierLaplace: {
    modules: ['sklearn.gaussian_process._gpc'],
    read: readBinaryGaussianProcess,
  },
} satisfies ReadersOf<typeof GAUSSIAN_PROCESS>;
