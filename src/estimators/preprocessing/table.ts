// Turns every class of sklearn.preprocessing into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type MinMaxScaler, transformMinMaxScaler } from './min-max-scaler.js';
import { type OneHotEncoder, transformOneHotEncoder } from './one-hot-encoder.js';
import { type OrdinalEncoder, transformOrdinalEncoder } from './ordinal-encoder.js';
import { type StandardScaler, transformStandardScaler } from './standard-scaler.js';

export const PREPROCESSING = {
  StandardScaler: { role: 'transformer', transform: transformStandardScaler },
  MinMaxScaler: { role: 'transformer', transform: transformMinMaxScaler },
  OneHotEncoder: { role: 'transformer', transform: transformOneHotEncoder },
  OrdinalEncoder: { role: 'transformer', transform: transformOrdinalEncoder },
} satisfies Rows<StandardScaler | MinMaxScaler | OneHotEncoder | OrdinalEncoder>;
