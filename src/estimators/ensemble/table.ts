// Turns every class of sklearn.ensemble into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { FOREST_CLASSIFIER, FOREST_REGRESSOR, type ForestClassifier, type ForestRegressor } from './forest.js';
import { ISOLATION_FOREST, type IsolationForest } from './isolation-forest.js';
import { type RandomTreesEmbedding, transformRandomTreesEmbedding } from './random-trees-embedding.js';

export const ENSEMBLE = {
  ExtraTreesClassifier: FOREST_CLASSIFIER,
  ExtraTreesRegressor: FOREST_REGRESSOR,
  IsolationForest: ISOLATION_FOREST,
  RandomForestClassifier: FOREST_CLASSIFIER,
  RandomForestRegressor: FOREST_REGRESSOR,
  RandomTreesEmbedding: { role: 'transformer', transform: transformRandomTreesEmbedding },
} satisfies Rows<
  | ForestClassifier<'ExtraTreesClassifier'>
  | ForestClassifier<'RandomForestClassifier'>
  | ForestRegressor<'ExtraTreesRegressor'>
  | ForestRegressor<'RandomForestRegressor'>
  | IsolationForest
  | RandomTreesEmbedding
>;
