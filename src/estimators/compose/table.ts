// Turns every class of sklearn.compose into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type ColumnTransformer, transformColumnTransformer } from './column-transformer.js';
import { predictTransformedTargetRegressor, type TransformedTargetRegressor } from './transformed-target-regressor.js';

export const COMPOSE = {
  ColumnTransformer: { role: 'transformer', transform: transformColumnTransformer },
  TransformedTargetRegressor: { role: 'regressor', predict: predictTransformedTargetRegressor, anyWidth: true },
} satisfies Rows<ColumnTransformer | TransformedTargetRegressor>;
