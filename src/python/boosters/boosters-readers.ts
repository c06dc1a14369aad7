// Turns every class of the boosting libraries' scikit-learn interfaces into how it is read from what Python saved.
import type { BOOSTERS } from '../../estimators/boosters/table.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readCatboostEstimator } from './read-catboost-estimator.js';
import { readLightgbmEstimator } from './read-lightgbm-estimator.js';
import { readXgboostEstimator } from './read-xgboost-estimator.js';

const lightgbm = (kind: Parameters<typeof readLightgbmEstimator>[0]): ReaderRow => ({
  modules: ['lightgbm.sklearn'],
  read: (attributes) => readLightgbmEstimator(kind, attributes),
});

const xgboost = (kind: string): ReaderRow => ({
  modules: ['xgboost.sklearn'],
  read: (attributes) => readXgboostEstimator(kind, attributes),
});

const catboost = (kind: string): ReaderRow => ({
  modules: ['catboost.core'],
  read: (attributes) => readCatboostEstimator(kind, attributes),
});

export const BOOSTERS_READERS = {
  LGBMClassifier: lightgbm('LGBMClassifier'),
  LGBMRegressor: lightgbm('LGBMRegressor'),
  LGBMRanker: lightgbm('LGBMRanker'),
  XGBClassifier: xgboost('XGBClassifier'),
  XGBRFClassifier: xgboost('XGBRFClassifier'),
  XGBRegressor: xgboost('XGBRegressor'),
  XGBRFRegressor: xgboost('XGBRFRegressor'),
  XGBRanker: xgboost('XGBRanker'),
  CatBoostClassifier: catboost('CatBoostClassifier'),
  CatBoostRegressor: catboost('CatBoostRegressor'),
  CatBoostRanker: catboost('CatBoostRanker'),
} satisfies ReadersOf<typeof BOOSTERS>;
