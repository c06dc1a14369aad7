// Turns every class of sklearn.tree into how it is read from what Python saved.
import type { TREE } from '../../estimators/tree/table.js';
import type { ReadersOf } from '../reader.js';
import { readDecisionTreeClassifier, readDecisionTreeRegressor } from './read-decision-tree.js';

export const TREE_READERS = {
  DecisionTreeClassifier: { modules: ['sklearn.tree._classes'], read: readDecisionTreeClassifier },
  DecisionTreeRegressor: { modules: ['sklearn.tree._classes'], read: readDecisionTreeRegressor },
} satisfies ReadersOf<typeof TREE>;
