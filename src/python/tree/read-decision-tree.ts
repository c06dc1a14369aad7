// Turns what Python saved of a decision tree into its value.
import type { DecisionTreeClassifier } from '../../estimators/tree/decision-tree-classifier.js';
import type { DecisionTreeRegressor } from '../../estimators/tree/decision-tree-regressor.js';
import type { Attributes } from '../attributes.js';
import { readTree } from './read-tree.js';

export function readDecisionTreeClassifier(attributes: Attributes): DecisionTreeClassifier {
  const width = attributes.get('n_features_in_').integer(1);
  return {
    ...attributes.fitted('DecisionTreeClassifier', width),
    classes_: attributes.get('classes_').labels(),
    tree_: readTree(attributes.get('tree_'), width, true),
  };
}

export function readDecisionTreeRegressor(attributes: Attributes): DecisionTreeRegressor {
  const width = attributes.get('n_features_in_').integer(1);
  return {
    ...attributes.fitted('DecisionTreeRegressor', width),
    tree_: readTree(attributes.get('tree_'), width, false),
  };
}
