// Turns every class of sklearn.compose into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type ColumnTransformer, transformColumnTransformer } from './column-transformer.js';

export const COMPOSE = {
  ColumnTransformer: { role: 'transformer', transform: transformColumnTransformer },
} satisfies Rows<ColumnTransformer>;
