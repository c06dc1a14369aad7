// Turns features into a quantity by a decision tree (sklearn.tree.DecisionTreeRegressor).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { predictTree } from './apply-tree.js';
import type { Tree } from './tree.js';
import { treeColumns } from './tree-columns.js';

export interface DecisionTreeRegressor extends Fitted<'DecisionTreeRegressor'> {
  /** A leaf's value is the mean of its rows, or their median. */
  readonly tree_: Tree;
}

export function predictDecisionTreeRegressor(model: DecisionTreeRegressor, frame: Frame): ValuePrediction {
  const values = predictTree(model.tree_, treeColumns(frame, 'decision_tree_regressor'), frame.rows);
  return { role: 'regressor', values, width: null };
}
