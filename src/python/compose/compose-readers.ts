// Turns every class of sklearn.compose into how it is read from what Python saved.
import type { COMPOSE } from '../../estimators/compose/table.js';
import type { ReadersOf } from '../reader.js';
import { readColumnTransformer } from './read-column-transformer.js';
import { readTransformedTargetRegressor } from './read-transformed-target-regressor.js';

export const COMPOSE_READERS = {
  ColumnTransformer: { modules: ['sklearn.compose._column_transformer'], read: readColumnTransformer },
  TransformedTargetRegressor: { modules: ['sklearn.compose._target'], read: readTransformedTargetRegressor },
} satisfies ReadersOf<typeof COMPOSE>;
