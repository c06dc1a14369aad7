// Turns every class of sklearn.ensemble into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { FOREST_CLASSIFIER, FOREST_REGRESSOR, type ForestClassifier, type ForestRegressor } from './forest.js';
import {
  GRADIENT_BOOSTING_CLASSIFIER,
  GRADIENT_BOOSTING_REGRESSOR,
  type GradientBoostingClassifier,
  type GradientBoostingRegressor,
} from './gradient-boosting.js';
import {
  HIST_GRADIENT_BOOSTING_CLASSIFIER,
  HIST_GRADIENT_BOOSTING_REGRESSOR,
  type HistGradientBoostingClassifier,
  type HistGradientBoostingRegressor,
} from './hist-gradient-boosting.js';
import { ISOLATION_FOREST, type IsolationForest } from './isolation-forest.js';
import { type RandomTreesEmbedding, transformRandomTreesEmbedding } from './random-trees-embedding.js';

export const ENSEMBLE = {
  ExtraTreesClassifier: FOREST_CLASSIFIER,
  ExtraTreesRegressor: FOREST_REGRESSOR,
  GradientBoostingClassifier: GRADIENT_BOOSTING_CLASSIFIER,
  GradientBoostingRegressor: GRADIENT_BOOSTING_REGRESSOR,
  HistGradientBoostingClassifier: HIST_GRADIENT_BOOSTING_CLASSIFIER,
  HistGradientBoostingRegressor: HIST_GRADIENT_BOOSTING_REGRESSOR,
  IsolationForest: ISOLATION_FOREST,
  RandomForestClassifier: FOREST_CLASSIFIER,
  RandomForestRegressor: FOREST_REGRESSOR,
  RandomTreesEmbedding: { role: 'transformer', transform: transformRandomTreesEmbedding },
} satisfies Rows<
  | ForestClassifier<'ExtraTreesClassifier'>
  | ForestClassifier<'RandomForestClassifier'>
  | ForestRegressor<'ExtraTreesRegressor'>
  | ForestRegressor<'RandomForestRegressor'>
  | GradientBoostingClassifier
  | GradientBoostingRegressor
  | HistGradientBoostingClassifier
  | HistGradientBoostingRegressor
  | IsolationForest
  | RandomTreesEmbedding
>;
