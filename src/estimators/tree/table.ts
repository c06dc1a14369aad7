// Turns every class of sklearn.tree into how it is evaluated.
import type { Rows } from '../evaluator.js';
import {
  type DecisionTreeClassifier,
  leafFractions,
  predictDecisionTreeClassifier,
} from './decision-tree-classifier.js';
import { type DecisionTreeRegressor, predictDecisionTreeRegressor } from './decision-tree-regressor.js';

export const TREE = {
  DecisionTreeClassifier: { role: 'classifier', predict: predictDecisionTreeClassifier, predict_proba: leafFractions },
  DecisionTreeRegressor: { role: 'regressor', predict: predictDecisionTreeRegressor },
} satisfies Rows<DecisionTreeClassifier | DecisionTreeRegressor>;
