// decision_tree_regressor: sklearn.tree.DecisionTreeRegressor.
import { fitDecisionTreeRegressor } from '../../training/tree/decision-tree-regressor.js';
import { rules } from '../rules.js';
import { regressorStep } from './step.js';
import { pruningParams, treeParams } from './tree-params.js';

export const decisionTreeRegressor = regressorStep(
  {
    module: 'sklearn.tree',
    does: 'Predicts a quantity by a tree of questions about single features.',
    example: `data: { source: customers.csv, target: spend, drop: [customer, age, plan, size, churned] }
pipeline:
  - decision_tree_regressor: { max_depth: 4, min_samples_leaf: 5 }`,
  },
  {
    /** scikit-learn's friedman_mse is deprecated, and the same as squared_error. */
    criterion: rules
      .oneOf('squared_error', 'absolute_error', 'poisson')
      .default('squared_error')
      .describe('The measure of how different the quantities of a node are.'),
    ...treeParams,
    ...pruningParams,
  },
  (params, { frame, target }) => fitDecisionTreeRegressor(frame, target, params),
);
