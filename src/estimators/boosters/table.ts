// Turns every class of the boosting libraries' scikit-learn interfaces into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import {
  type BoosterModel,
  boosterProbabilities,
  predictBoosterLabels,
  predictBoosterValues,
} from './booster-model.js';

const CLASSIFIER: Row<BoosterModel<string>> = {
  role: 'classifier',
  predict: predictBoosterLabels,
  predict_proba: boosterProbabilities,
  has: ({ booster }, method) => method !== 'predict_proba' || booster.predictProbability !== undefined,
};

const REGRESSOR: Row<BoosterModel<string>> = { role: 'regressor', predict: predictBoosterValues };

type Kind =
  | 'LGBMClassifier'
  | 'LGBMRegressor'
  | 'LGBMRanker'
  | 'XGBClassifier'
  | 'XGBRFClassifier'
  | 'XGBRegressor'
  | 'XGBRFRegressor'
  | 'XGBRanker'
  | 'CatBoostClassifier'
  | 'CatBoostRegressor'
  | 'CatBoostRanker';

export const BOOSTERS = {
  LGBMClassifier: CLASSIFIER,
  LGBMRegressor: REGRESSOR,
  LGBMRanker: REGRESSOR,
  XGBClassifier: CLASSIFIER,
  XGBRFClassifier: CLASSIFIER,
  XGBRegressor: REGRESSOR,
  XGBRFRegressor: REGRESSOR,
  XGBRanker: REGRESSOR,
  CatBoostClassifier: CLASSIFIER,
  CatBoostRegressor: REGRESSOR,
  CatBoostRanker: REGRESSOR,
} satisfies Rows<BoosterModel<Kind>>;
