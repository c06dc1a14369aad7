// standard_scaler: sklearn.preprocessing.StandardScaler.
import { fitStandardScaler } from '../../training/preprocessing/standard-scaler.js';
import { rules } from '../rules.js';
import { transformerStep } from './step.js';

export const standardScaler = transformerStep(
  { with_mean: rules.boolean.default(true), with_std: rules.boolean.default(true) },
  (params, { frame }) => fitStandardScaler(frame, params),
);
