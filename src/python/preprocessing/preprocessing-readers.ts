// Turns every class of sklearn.preprocessing into how it is read from what Python saved.
import type { PREPROCESSING } from '../../estimators/preprocessing/table.js';
import type { ReadersOf } from '../reader.js';
import { readFunctionTransformer } from './read-function-transformer.js';
import { readKBinsDiscretizer } from './read-k-bins-discretizer.js';
import { readKernelCenterer } from './read-kernel-centerer.js';
import { readMinMaxScaler } from './read-min-max-scaler.js';
import { readOneHotEncoder } from './read-one-hot-encoder.js';
import { readOrdinalEncoder } from './read-ordinal-encoder.js';
import { readPolynomialFeatures } from './read-polynomial-features.js';
import { readPowerTransformer } from './read-power-transformer.js';
import { readQuantileTransformer } from './read-quantile-transformer.js';
import { readBinarizer, readMaxAbsScaler, readNormalizer, readRobustScaler } from './read-scalers.js';
import { readSplineTransformer } from './read-spline-transformer.js';
import { readStandardScaler } from './read-standard-scaler.js';
import { readTargetEncoder } from './read-target-encoder.js';

const DATA = ['sklearn.preprocessing._data'];
const ENCODERS = ['sklearn.preprocessing._encoders'];

export const PREPROCESSING_READERS = {
  Binarizer: { modules: DATA, read: readBinarizer },
  FunctionTransformer: {
    modules: ['sklearn.preprocessing._function_transformer'],
    read: readFunctionTransformer,
  },
  KBinsDiscretizer: { modules: ['sklearn.preprocessing._discretization'], read: readKBinsDiscretizer },
  KernelCenterer: { modules: DATA, read: readKernelCenterer },
  MaxAbsScaler: { modules: DATA, read: readMaxAbsScaler },
  MinMaxScaler: { modules: DATA, read: readMinMaxScaler },
  Normalizer: { modules: DATA, read: readNormalizer },
  OneHotEncoder: { modules: ENCODERS, read: readOneHotEncoder },
  OrdinalEncoder: { modules: ENCODERS, read: readOrdinalEncoder },
  PolynomialFeatures: {
    modules: ['sklearn.preprocessing._polynomial', 'sklearn.preprocessing._data'],
    read: readPolynomialFeatures,
  },
  PowerTransformer: { modules: DATA, read: readPowerTransformer },
  QuantileTransformer: { modules: DATA, read: readQuantileTransformer },
  RobustScaler: { modules: DATA, read: readRobustScaler },
  SplineTransformer: { modules: ['sklearn.preprocessing._polynomial'], read: readSplineTransformer },
  StandardScaler: { modules: DATA, read: readStandardScaler },
  TargetEncoder: { modules: ['sklearn.preprocessing._target_encoder'], read: readTargetEncoder },
} satisfies ReadersOf<typeof PREPROCESSING>;
