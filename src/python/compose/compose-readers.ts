// Turns every class of sklearn.compose into how it is read from what Python saved.
import type { COMPOSE } from '../../estimators/compose/table.js';
import type { ReadersOf } from '../reader.js';
import { readColumnTransformer } from './read-column-transformer.js';

export const COMPOSE_READERS = {
  ColumnTransformer: { modules: ['sklearn.compose._column_transformer'], read: readColumnTransformer },
} satisfies ReadersOf<typeof COMPOSE>;
