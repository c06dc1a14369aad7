// Turns what Python saved of a decision tree into its value.
import type { TreeClassifier } from '../../estimators/tree/decision-tree-classifier.js';
import type { TreeRegressor } from '../../estimators/tree/decision-tree-regressor.js';
import type { Attributes } from '../attributes.js';
import { allowsNan } from './allows-nan.js';
import { readTree } from './read-tree.js';
import { readTreeClasses } from './read-tree-classes.js';

export function readTreeClassifier<Kind extends string>(kind: Kind, attributes: Attributes): TreeClassifier<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const { classes, targets } = readTreeClasses(attributes);
  return {
    ...attributes.fitted(kind, width),
    ...classes,
    tree_: readTree(attributes, width, targets),
    allow_nan: allowsNan(attributes),
  };
}

export function readTreeRegressor<Kind extends string>(kind: Kind, attributes: Attributes): TreeRegressor<Kind> {
  const width = attributes.get('n_features_in_').integer(1);
  const numbers = attributes.maybe('n_outputs_')?.integer(1) ?? 1;
  return {
    ...attributes.fitted(kind, width),
    tree_: readTree(attributes, width, { numbers }),
    allow_nan: allowsNan(attributes),
  };
}
