// Turns every class of sklearn.compose into how it is read from what Python saved.
import type { COMPOSE } from '../../estimators/compose/table.js';
import type { ReadersOf } from '../reader.js';

export const COMPOSE_READERS = {
  ColumnTransformer: 'unsupported',
} satisfies ReadersOf<typeof COMPOSE>;
