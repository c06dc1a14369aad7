// Turns features into how easily many random trees tell a row from the others (sklearn.ensemble.IsolationForest).
import type { Row } from '../evaluator.js';
import { exp2, log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Frame, pick } from '../frame.js';
import { inliers } from '../labels/inliers.js';
import type { Scores } from '../prediction.js';
import { leafTableOf } from '../tree/leaf-table.js';
import { addTrees } from '../tree/sum-trees.js';
import { LEAF, type Tree } from '../tree/tree.js';

export interface IsolationForest extends Fitted<'IsolationForest'> {
  readonly estimators_: readonly Tree[];
  /** The columns that each tree sees; null if each sees all. */
  readonly estimators_features_: readonly Int32Array[] | null;
  /** The number of rows that each tree was grown from. */
  readonly max_samples_: number;
  /** Rows whose score is below it are outliers. */
  readonly offset_: number;
}

const EULER_GAMMA = 0.5772156649015329;

/** How long the path to one of `count` rows is on average. */
function averagePathLength(count: number): number {
  if (count <= 1) return 0;
  if (count === 2) return 1;
  return 2 * (log(count - 1) + EULER_GAMMA) - (2 * (count - 1)) / count;
}

/** By leaf: how long the path of a row is that ends in it; the rows that it was not split for are counted on average. */
function pathLengths(tree: Tree, leafNodes: Int32Array): Float64Array {
  const depth = new Int32Array(tree.node_count).fill(1);
  for (let node = 0; node < tree.node_count; node++) {
    if (tree.children_left[node] === LEAF) continue;
    depth[tree.children_left[node]!] = depth[node]! + 1;
    depth[tree.children_right[node]!] = depth[node]! + 1;
  }
  return Float64Array.from(leafNodes, (node) => depth[node]! + averagePathLength(tree.n_node_samples[node]!) - 1);
}

/** `sums` gets the lengths of the paths of all trees. */
function addPaths(trees: readonly Tree[], frame: Frame, sums: Float64Array): void {
  const tables = trees.map((tree) => {
    const { layout } = leafTableOf(tree);
    return [{ layout, width: 1, values: pathLengths(tree, layout.leafNodes) }];
  });
  addTrees(tables, frame, { step: 'isolation_forest', float32: true, missing: 'any' }, 1, sums);
}

/** The opposite of the paper's score: the lower, the more abnormal. */
function scoreSamples(forest: IsolationForest, frame: Frame): Scores {
  const { estimators_: trees, estimators_features_: features, max_samples_ } = forest;
  const values = new Float64Array(frame.rows);
  if (features)
    for (const [t, tree] of trees.entries()) addPaths([tree], pick(frame, Array.from(features[t]!)), values);
  else addPaths(trees, frame, values);
  const denominator = trees.length * averagePathLength(max_samples_);
  for (let i = 0; i < values.length; i++) values[i] = -exp2(denominator === 0 ? -1 : -(values[i]! / denominator));
  return { values, width: null };
}

function decisionFunction(forest: IsolationForest, frame: Frame): Scores {
  const { values } = scoreSamples(forest, frame);
  return { values: values.map((score) => score - forest.offset_), width: null };
}

export const ISOLATION_FOREST: Row<IsolationForest> = {
  role: 'outlier detector',
  score_samples: scoreSamples,
  decision_function: decisionFunction,
  predict: (forest, frame) => inliers(decisionFunction(forest, frame), (value) => !(value < 0)),
};
