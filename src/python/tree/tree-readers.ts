// Turns every class of sklearn.tree into how it is read from what Python saved.
import type { TREE } from '../../estimators/tree/table.js';
import type { ReadersOf } from '../reader.js';
import { readTreeClassifier, readTreeRegressor } from './read-decision-tree.js';

const modules = ['sklearn.tree._classes'];

export const TREE_READERS = {
  DecisionTreeClassifier: { modules, read: (attributes) => readTreeClassifier('DecisionTreeClassifier', attributes) },
  DecisionTreeRegressor: { modules, read: (attributes) => readTreeRegressor('DecisionTreeRegressor', attributes) },
  ExtraTreeClassifier: { modules, read: (attributes) => readTreeClassifier('ExtraTreeClassifier', attributes) },
  ExtraTreeRegressor: { modules, read: (attributes) => readTreeRegressor('ExtraTreeRegressor', attributes) },
} satisfies ReadersOf<typeof TREE>;
