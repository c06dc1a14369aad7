// decision_tree_regressor: sklearn.tree.DecisionTreeRegressor.
import { fitDecisionTreeRegressor } from '../../training/tree/decision-tree-regressor.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';
import { pruningParams, treeParams } from './tree-params.js';

export const decisionTreeRegressor = regressorStep(
  {
    /** scikit-learn's friedman_mse is deprecated, and the same as squared_error. */
    criterion: rules.oneOf('squared_error', 'absolute_error', 'poisson').default('squared_error'),
    ...treeParams,
    ...pruningParams,
  },
  (params, { frame, target }) => fitDecisionTreeRegressor(frame, target, params),
);
