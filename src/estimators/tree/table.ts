// Turns every class of sklearn.tree into how it is evaluated.
import type { Row, Rows } from '../evaluator.js';
import {
  type DecisionTreeClassifier,
  type ExtraTreeClassifier,
  leafFractions,
  predictTreeClassifier,
  type TreeClassifier,
} from './decision-tree-classifier.js';
import {
  type DecisionTreeRegressor,
  type ExtraTreeRegressor,
  predictTreeRegressor,
  type TreeRegressor,
} from './decision-tree-regressor.js';

/** The probabilities of several targets are a list of arrays in Python, which mlctl does not answer. */
const classifier = {
  role: 'classifier',
  has: ({ outputs_ }, method) => method === 'predict' || outputs_ === undefined,
  predict: predictTreeClassifier,
  predict_proba: leafFractions,
} satisfies Row<TreeClassifier<string>>;
const regressor = { role: 'regressor', predict: predictTreeRegressor } satisfies Row<TreeRegressor<string>>;

export const TREE = {
  DecisionTreeClassifier: classifier,
  DecisionTreeRegressor: regressor,
  ExtraTreeClassifier: classifier,
  ExtraTreeRegressor: regressor,
} satisfies Rows<DecisionTreeClassifier | DecisionTreeRegressor | ExtraTreeClassifier | ExtraTreeRegressor>;
