// Turns every class of sklearn.ensemble into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { ADA_BOOST_CLASSIFIER, type AdaBoostClassifier } from './ada-boost-classifier.js';
import { ADA_BOOST_REGRESSOR, type AdaBoostRegressor } from './ada-boost-regressor.js';
import { BAGGING_CLASSIFIER, BAGGING_REGRESSOR, type BaggingClassifier, type BaggingRegressor } from './bagging.js';
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
import {
  STACKING_CLASSIFIER,
  STACKING_REGRESSOR,
  type StackingClassifier,
  type StackingRegressor,
} from './stacking.js';
import { VOTING_CLASSIFIER, VOTING_REGRESSOR, type VotingClassifier, type VotingRegressor } from './voting.js';

export const ENSEMBLE = {
  AdaBoostClassifier: ADA_BOOST_CLASSIFIER,
  AdaBoostRegressor: ADA_BOOST_REGRESSOR,
  BaggingClassifier: BAGGING_CLASSIFIER,
  BaggingRegressor: BAGGING_REGRESSOR,
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
  StackingClassifier: STACKING_CLASSIFIER,
  StackingRegressor: STACKING_REGRESSOR,
  VotingClassifier: VOTING_CLASSIFIER,
  VotingRegressor: VOTING_REGRESSOR,
} satisfies Rows<
  | AdaBoostClassifier
  | AdaBoostRegressor
  | BaggingClassifier
  | BaggingRegressor
  | ForestClassifier<'ExtraTreesClassifier' | 'RandomForestClassifier'>
  | ForestRegressor<'ExtraTreesRegressor' | 'RandomForestRegressor'>
  | GradientBoostingClassifier
  | GradientBoostingRegressor
  | HistGradientBoostingClassifier
  | HistGradientBoostingRegressor
  | IsolationForest
  | RandomTreesEmbedding
  | StackingClassifier
  | StackingRegressor
  | VotingClassifier
  | VotingRegressor
>;
