// Turns features and quantities into a fitted decision tree, as sklearn.tree.DecisionTreeRegressor grows it.
import { MlctlError } from '../../errors/error.js';
import type { Frame } from '../../estimators/frame.js';
import { pairwiseSum } from '../../estimators/pairwise-sum.js';
import type { DecisionTreeRegressor } from '../../estimators/tree/decision-tree-regressor.js';
import { treeColumns } from '../../estimators/tree/tree-columns.js';
import type { Work } from '../../work.js';
import { fittedOn } from '../fitted-on.js';
import type { ValueTarget } from '../target.js';
import { fitNumberTree, type NumberCriterionName } from './fit-tree.js';
import type { TreeParams } from './tree-params.js';

const STEP = 'decision_tree_regressor';

interface DecisionTreeRegressorParams extends TreeParams {
  readonly criterion: NumberCriterionName;
}

export function* fitDecisionTreeRegressor(
  frame: Frame,
  { values }: ValueTarget,
  params: DecisionTreeRegressorParams,
): Work<DecisionTreeRegressor> {
  if (params.criterion === 'poisson') refuseNotCounts(values);
  const columns = treeColumns(frame, STEP);
  return {
    kind: 'DecisionTreeRegressor',
    ...fittedOn(frame),
    tree_: yield* fitNumberTree({ columns, weights: null }, values, params),
  };
}

function refuseNotCounts(values: Float64Array): void {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  if (least >= 0 && pairwiseSum(values) > 0) return;
  throw new MlctlError(
    'DATA_INVALID',
    `${STEP} with criterion poisson needs a target of numbers that are 0 or more and not all 0; its ${least < 0 ? 'least' : 'greatest'} is ${least}`,
    { hint: 'choose the criterion squared_error' },
  );
}
