// Turns columns of float32 and a target into a fitted tree: node by node the one that scikit-learn 1.9 grows from the same
// random_state.

import { pairwiseSum } from '../../estimators/pairwise-sum.js';
import type { Tree } from '../../estimators/tree/tree.js';
import type { Work } from '../../work.js';
import { MT19937 } from '../mt19937.js';
import { AbsoluteError } from './absolute-error.js';
import { type ClassTarget, Entropy, Gini } from './class-criterion.js';
import type { Criterion, WeightedRows } from './criterion.js';
import { FeatureDraw } from './feature-draw.js';
import { findBestSplit } from './find-best-split.js';
import { findRandomSplit } from './find-random-split.js';
import { growBestFirst } from './grow-best-first.js';
import { type Growth, growDepthFirst } from './grow-tree.js';
import { PoissonDeviance, SquaredError } from './mean-criterion.js';
import { NodeSamples } from './node-samples.js';
import { pruneTree } from './prune-tree.js';
import { type TreeParams, treeLimits } from './tree-params.js';
import { XorShift } from './xorshift.js';

interface TreeRows {
  /** One column a feature; NaN is a missing value, and no value is infinite. */
  readonly columns: readonly Float32Array[];
  /** A row of weight 0 does not count. */
  readonly weights: Float64Array | null;
}

const CLASS_CRITERIA = { gini: Gini, entropy: Entropy, log_loss: Entropy };
const NUMBER_CRITERIA = {
  squared_error: SquaredError,
  absolute_error: AbsoluteError,
  poisson: PoissonDeviance,
};

export type ClassCriterionName = keyof typeof CLASS_CRITERIA;
export type NumberCriterionName = keyof typeof NUMBER_CRITERIA;

export function fitClassTree(
  rows: TreeRows,
  target: ClassTarget,
  params: TreeParams & { readonly criterion: ClassCriterionName },
): Work<Tree> {
  // counts are whole numbers: their sums are exact in any order
  const tiesMatter = rows.weights !== null;
  return fit(
    rows,
    target.codes.length,
    params,
    tiesMatter,
    (weighted) => new CLASS_CRITERIA[params.criterion](weighted, target),
  );
}

export function fitNumberTree(
  rows: TreeRows,
  target: Float64Array,
  params: TreeParams & { readonly criterion: NumberCriterionName },
): Work<Tree> {
  return fit(rows, target.length, params, true, (weighted) => new NUMBER_CRITERIA[params.criterion](weighted, target));
}

function* fit(
  { columns, weights }: TreeRows,
  count: number,
  params: TreeParams,
  tiesMatter: boolean,
  criterionOver: (rows: WeightedRows) => Criterion,
): Work<Tree> {
  const limits = treeLimits(params, count, columns.length, weights ? pairwiseSum(weights) : count);
  const order = Int32Array.from({ length: count }, (_, row) => row);
  const counted = weights ? order.filter((row) => weights[row] !== 0) : order;
  let totalWeight = count;
  if (weights) {
    totalWeight = 0;
    for (const weight of weights) totalWeight += weight;
  }
  const random = new XorShift(new MT19937(params.random_state).interval(2147483646));
  const growth: Growth = {
    search: {
      samples: new NodeSamples(columns, counted, tiesMatter),
      criterion: criterionOver({ order: counted, weights, totalWeight }),
      draw: new FeatureDraw(columns.length, limits.maxFeatures, random),
      random,
      minSamplesLeaf: limits.minSamplesLeaf,
      minWeightLeaf: limits.minWeightLeaf,
    },
    find: params.splitter === 'best' ? findBestSplit : findRandomSplit,
    maxDepth: limits.maxDepth,
    minSamplesSplit: limits.minSamplesSplit,
    minImpurityDecrease: params.min_impurity_decrease,
  };
  const tree =
    params.max_leaf_nodes === null
      ? yield* growDepthFirst(growth, counted.length)
      : yield* growBestFirst(growth, counted.length, params.max_leaf_nodes);
  return pruneTree(tree, params.ccp_alpha);
}
