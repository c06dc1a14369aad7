// Turns every class of sklearn.ensemble into how it is read from what Python saved.
import type { ENSEMBLE } from '../../estimators/ensemble/table.js';
import type { ReadersOf } from '../reader.js';
import { readAdaBoostClassifier, readAdaBoostRegressor } from './read-ada-boost.js';
import { readBaggingClassifier, readBaggingRegressor } from './read-bagging.js';
import { readForestClassifier, readForestRegressor, readRandomTreesEmbedding } from './read-forest.js';
import { readGradientBoostingClassifier, readGradientBoostingRegressor } from './read-gradient-boosting.js';
import {
  readHistGradientBoostingClassifier,
  readHistGradientBoostingRegressor,
} from './read-hist-gradient-boosting.js';
import { readIsolationForest } from './read-isolation-forest.js';
import { readStackingClassifier, readStackingRegressor } from './read-stacking.js';
import { readVotingClassifier, readVotingRegressor } from './read-voting.js';

const forest = ['sklearn.ensemble._forest'];

const hist = ['sklearn.ensemble._hist_gradient_boosting.gradient_boosting'];

export const ENSEMBLE_READERS = {
  AdaBoostClassifier: { modules: ['sklearn.ensemble._weight_boosting'], read: readAdaBoostClassifier },
  AdaBoostRegressor: { modules: ['sklearn.ensemble._weight_boosting'], read: readAdaBoostRegressor },
  BaggingClassifier: { modules: ['sklearn.ensemble._bagging'], read: readBaggingClassifier },
  BaggingRegressor: { modules: ['sklearn.ensemble._bagging'], read: readBaggingRegressor },
  ExtraTreesClassifier: {
    modules: forest,
    read: (attributes) => readForestClassifier('ExtraTreesClassifier', attributes),
  },
  ExtraTreesRegressor: {
    modules: forest,
    read: (attributes) => readForestRegressor('ExtraTreesRegressor', attributes),
  },
  GradientBoostingClassifier: { modules: ['sklearn.ensemble._gb'], read: readGradientBoostingClassifier },
  GradientBoostingRegressor: { modules: ['sklearn.ensemble._gb'], read: readGradientBoostingRegressor },
  HistGradientBoostingClassifier: { modules: hist, read: readHistGradientBoostingClassifier },
  HistGradientBoostingRegressor: { modules: hist, read: readHistGradientBoostingRegressor },
  IsolationForest: { modules: ['sklearn.ensemble._iforest'], read: readIsolationForest },
  RandomForestClassifier: {
    modules: forest,
    read: (attributes) => readForestClassifier('RandomForestClassifier', attributes),
  },
  RandomForestRegressor: {
    modules: forest,
    read: (attributes) => readForestRegressor('RandomForestRegressor', attributes),
  },
  RandomTreesEmbedding: { modules: forest, read: readRandomTreesEmbedding },
  StackingClassifier: { modules: ['sklearn.ensemble._stacking'], read: readStackingClassifier },
  StackingRegressor: { modules: ['sklearn.ensemble._stacking'], read: readStackingRegressor },
  VotingClassifier: { modules: ['sklearn.ensemble._voting'], read: readVotingClassifier },
  VotingRegressor: { modules: ['sklearn.ensemble._voting'], read: readVotingRegressor },
} satisfies ReadersOf<typeof ENSEMBLE>;
