// Turns features into quantities by a decision tree (sklearn.tree.DecisionTreeRegressor and ExtraTreeRegressor).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';
import { sumTrees } from './sum-trees.js';
import type { Tree } from './tree.js';

export interface TreeRegressor<Kind extends string> extends Fitted<Kind> {
  /** A leaf's value is the mean of its rows, or their median; there is one a target. */
  readonly tree_: Tree;
  /** False if missing values are refused: scikit-learn's tag. They are taken if it is left out. */
  readonly allow_nan?: boolean;
}

export type DecisionTreeRegressor = TreeRegressor<'DecisionTreeRegressor'>;
export type ExtraTreeRegressor = TreeRegressor<'ExtraTreeRegressor'>;

export function predictTreeRegressor({ kind, tree_, allow_nan }: TreeRegressor<string>, frame: Frame): ValuePrediction {
  const missing = allow_nan === false || frame.sparse ? 'refused' : 'allowed';
  const values = sumTrees([tree_], frame, { step: stepName(kind), float32: true, missing });
  return { role: 'regressor', values, width: tree_.value_width > 1 ? tree_.value_width : null };
}
