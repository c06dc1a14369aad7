// Turns every class of sklearn.ensemble into how it is read from what Python saved.
import type { ENSEMBLE } from '../../estimators/ensemble/table.js';
import type { ReadersOf } from '../reader.js';
import { readForestClassifier, readForestRegressor, readRandomTreesEmbedding } from './read-forest.js';
import { readGradientBoostingClassifier, readGradientBoostingRegressor } from './read-gradient-boosting.js';
import {
  readHistGradientBoostingClassifier,
  readHistGradientBoostingRegressor,
} from './read-hist-gradient-boosting.js';
import { readIsolationForest } from './read-isolation-forest.js';

const forest = ['sklearn.ensemble._forest'];

const hist = ['sklearn.ensemble._hist_gradient_boosting.gradient_boosting'];

export const ENSEMBLE_READERS = {
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
} satisfies ReadersOf<typeof ENSEMBLE>;
