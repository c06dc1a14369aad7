// Turns every class of sklearn.preprocessing into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type Binarizer, transformBinarizer } from './binarizer.js';
import {
  type FunctionTransformer,
  invertFunctionTransformer,
  transformFunctionTransformer,
} from './function-transformer.js';
import { type KBinsDiscretizer, transformKBinsDiscretizer } from './k-bins-discretizer.js';
import { type KernelCenterer, transformKernelCenterer } from './kernel-centerer.js';
import { invertMaxAbsScaler, type MaxAbsScaler, transformMaxAbsScaler } from './max-abs-scaler.js';
import { invertMinMaxScaler, type MinMaxScaler, transformMinMaxScaler } from './min-max-scaler.js';
import { type Normalizer, transformNormalizer } from './normalizer.js';
import { type OneHotEncoder, transformOneHotEncoder } from './one-hot-encoder.js';
import { type OrdinalEncoder, transformOrdinalEncoder } from './ordinal-encoder.js';
import { type PolynomialFeatures, transformPolynomialFeatures } from './polynomial-features.js';
import { invertPowerTransformer, type PowerTransformer, transformPowerTransformer } from './power-transformer.js';
import {
  invertQuantileTransformer,
  type QuantileTransformer,
  transformQuantileTransformer,
} from './quantile-transformer.js';
import { invertRobustScaler, type RobustScaler, transformRobustScaler } from './robust-scaler.js';
import { type SplineTransformer, transformSplineTransformer } from './spline-transformer.js';
import { invertStandardScaler, type StandardScaler, transformStandardScaler } from './standard-scaler.js';
import { type TargetEncoder, transformTargetEncoder } from './target-encoder.js';

type Preprocessing =
  | Binarizer
  | FunctionTransformer
  | KBinsDiscretizer
  | KernelCenterer
  | MaxAbsScaler
  | MinMaxScaler
  | Normalizer
  | OneHotEncoder
  | OrdinalEncoder
  | PolynomialFeatures
  | PowerTransformer
  | QuantileTransformer
  | RobustScaler
  | SplineTransformer
  | StandardScaler
  | TargetEncoder;

const role = 'transformer';

export const PREPROCESSING = {
  Binarizer: { role, transform: transformBinarizer, anyWidth: true },
  FunctionTransformer: {
    role,
    transform: transformFunctionTransformer,
    inverse_transform: invertFunctionTransformer,
    anyWidth: true,
  },
  KBinsDiscretizer: { role, transform: transformKBinsDiscretizer },
  KernelCenterer: { role, transform: transformKernelCenterer },
  MaxAbsScaler: { role, transform: transformMaxAbsScaler, inverse_transform: invertMaxAbsScaler },
  MinMaxScaler: { role, transform: transformMinMaxScaler, inverse_transform: invertMinMaxScaler },
  Normalizer: { role, transform: transformNormalizer, anyWidth: true },
  OneHotEncoder: { role, transform: transformOneHotEncoder },
  OrdinalEncoder: { role, transform: transformOrdinalEncoder },
  PolynomialFeatures: { role, transform: transformPolynomialFeatures },
  PowerTransformer: { role, transform: transformPowerTransformer, inverse_transform: invertPowerTransformer },
  QuantileTransformer: { role, transform: transformQuantileTransformer, inverse_transform: invertQuantileTransformer },
  RobustScaler: { role, transform: transformRobustScaler, inverse_transform: invertRobustScaler },
  SplineTransformer: { role, transform: transformSplineTransformer },
  StandardScaler: { role, transform: transformStandardScaler, inverse_transform: invertStandardScaler },
  TargetEncoder: { role, transform: transformTargetEncoder },
} satisfies Rows<Preprocessing>;
