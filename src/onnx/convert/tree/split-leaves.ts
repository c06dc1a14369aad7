// Turns trees into the leaf that each row ends in, by one TreeEnsembleRegressor whose thresholds are float64. The operator
// answers in float32, so it answers the numbers of leaves, which float32 holds exactly; the leaves' values are then gathered from
// float64 tables.
import { DATA_TYPE } from '../../../data/element-types.js';
import { MlctlError } from '../../../errors/error.js';
import type { Tree } from '../../../estimators/tree/tree.js';
import type { GraphBuilder } from '../graph-builder.js';
import { doubleTensor } from '../tensors.js';

/** Whole numbers up to this are exact in float32. */
export const MOST_LEAVES = 2 ** 24;

/** How a row walks a tree, whichever library made it: node by node, in parallel arrays. */
export interface SplitTree {
  /** −1 for a leaf. */
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
  readonly feature: ArrayLike<number>;
  readonly threshold: ArrayLike<number>;
  /** Rows whose value is missing go left at nodes with a 1. */
  readonly missingLeft: ArrayLike<number>;
}

export interface NodeWay {
  /** X is cast to float32 first. */
  readonly single: boolean;
  /** The leaf number of a row with such a value is out of bounds, so that a Gather must fail on it. */
  readonly refuses: 'not finite' | 'infinite' | 'nothing';
  /** Left: below the threshold, and not equal to it. */
  readonly below?: boolean;
}

export const splitTreeOf = (tree: Tree): SplitTree => ({
  left: tree.children_left,
  right: tree.children_right,
  feature: tree.feature,
  threshold: tree.threshold,
  missingLeft: tree.missing_go_to_left,
});

export function splitLeaves(
  graph: GraphBuilder,
  matrix: string,
  trees: readonly SplitTree[],
  name: string,
  way: NodeWay,
): string {
  const turned = graph.node('Transpose', [matrix], { attributes: { perm: [1n, 0n] } });
  const seen = way.single
    ? graph.node('Cast', [turned], { name: `${name}/float32`, attributes: { to: BigInt(DATA_TYPE.FLOAT) } })
    : turned;
  const rows = way.single ? graph.node('Cast', [seen], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } }) : seen;
  const found = graph.node('TreeEnsembleRegressor', [rows], {
    name: `${name}/leaves`,
    domain: 'ai.onnx.ml',
    attributes: ensembleAttributes(trees, name, way.below ? 'BRANCH_LT' : 'BRANCH_LEQ'),
  });
  const leaves = graph.node('Cast', [found], { attributes: { to: BigInt(DATA_TYPE.INT64) } });
  if (way.refuses === 'nothing') return leaves;
  // x − x is 0 if x is finite, else NaN
  const bad =
    way.refuses === 'infinite' ? graph.node('IsInf', [seen]) : graph.node('IsNaN', [graph.node('Sub', [seen, seen])]);
  const refused = graph.node('Cast', [bad], { attributes: { to: BigInt(DATA_TYPE.INT32) } });
  const any = graph.node('ReduceMax', [refused], { attributes: { axes: [1n], keepdims: 1n } });
  const isRefused = graph.node('Cast', [any], { name: `${name}/infinite`, attributes: { to: BigInt(DATA_TYPE.BOOL) } });
  return graph.node('Where', [isRefused, graph.int64s('beyond', [], [BigInt(MOST_LEAVES)]), leaves]);
}

/** The arrays of the ai.onnx.ml operators (version 3), one entry a node, tree after tree; the k-th tree adds to the k-th target. */
function ensembleAttributes(trees: readonly SplitTree[], name: string, branch: string) {
  const count = trees.reduce((sum, tree) => sum + tree.left.length, 0);
  const whole = () => new BigInt64Array(count);
  const nodes = { modes: new Array<string>(count), trees: whole(), ids: whole(), features: whole() };
  const ways = { left: whole(), right: whole(), missing: whole(), thresholds: new Float64Array(count) };
  const targets = { trees: [] as bigint[], nodes: [] as bigint[], weights: [] as number[] };
  let at = 0;
  trees.forEach((tree, k) => {
    const number = BigInt(k);
    let leaf = 0;
    for (let node = 0; node < tree.left.length; node++, at++) {
      const isLeaf = tree.left[node]! < 0;
      nodes.modes[at] = isLeaf ? 'LEAF' : branch;
      nodes.trees[at] = number;
      nodes.ids[at] = BigInt(node);
      if (isLeaf) {
        targets.trees.push(number);
        targets.nodes.push(nodes.ids[at]!);
        targets.weights.push(leaf++);
        continue;
      }
      nodes.features[at] = BigInt(tree.feature[node]!);
      ways.left[at] = BigInt(tree.left[node]!);
      ways.right[at] = BigInt(tree.right[node]!);
      ways.missing[at] = BigInt(tree.missingLeft[node]!);
      ways.thresholds[at] = tree.threshold[node]!;
    }
    if (leaf >= MOST_LEAVES)
      throw new MlctlError(
        'MODEL_UNSUPPORTED',
        `writing ${name} as ONNX: a tree has ${leaf} leaves, but fewer than ${MOST_LEAVES} can be told apart`,
        { hint: 'limit the tree with max_leaf_nodes or min_samples_leaf' },
      );
  });
  return {
    nodes_modes: nodes.modes,
    nodes_treeids: nodes.trees,
    nodes_nodeids: nodes.ids,
    nodes_featureids: nodes.features,
    nodes_truenodeids: ways.left,
    nodes_falsenodeids: ways.right,
    nodes_missing_value_tracks_true: ways.missing,
    nodes_values_as_tensor: doubleTensor('thresholds', [count], ways.thresholds),
    n_targets: BigInt(trees.length),
    target_treeids: targets.trees,
    target_nodeids: targets.nodes,
    target_ids: targets.trees,
    target_weights_as_tensor: doubleTensor('leaves', [targets.weights.length], targets.weights),
  };
}
