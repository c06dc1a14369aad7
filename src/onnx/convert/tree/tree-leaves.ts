// Turns trees into the leaf that each row ends in, by one TreeEnsembleRegressor whose thresholds are float64. The operator
// answers in float32, so it answers the numbers of leaves, which float32 holds exactly; the leaves' values are then gathered from
// float64 tables.

import { DATA_TYPE } from '../../../data/element-types.js';
import { MlctlError } from '../../../errors/error.js';
import { LEAF, type Tree } from '../../../estimators/tree/tree.js';
import type { GraphBuilder } from '../graph-builder.js';
import { doubleTensor } from '../tensors.js';

/** Whole numbers up to this are exact in float32. */
const MOST_LEAVES = 2 ** 24;

/** The nodes of a tree that are leaves, in their order: their positions are the numbers that the graph answers. */
export function leavesOf({ children_left: left, node_count: count }: Tree): Int32Array {
  const leaves = new Int32Array(count);
  let found = 0;
  for (let node = 0; node < count; node++) if (left[node] === LEAF) leaves[found++] = node;
  return leaves.subarray(0, found);
}

/** The number of each row's leaf, int64 [N]. */
export function leafPlaces(graph: GraphBuilder, matrix: string, tree: Tree, name: string): string {
  return graph.node('Reshape', [treeLeaves(graph, matrix, [tree], name), graph.int64s('shape', [1], [-1n])]);
}

/** The value of a table for each row's leaf; the runtime names the node if a row has none. */
export function gatherLeafValues(graph: GraphBuilder, table: string, places: string, output?: string): string {
  const name = `${output ?? 'label'}, or a row without a leaf: an input value is infinite`;
  return graph.node('Gather', [table, places], { name, attributes: { axis: 0n } }, output);
}

/**
 * `matrix` is [features, N] float64. The answer is int64 [N, trees]. scikit-learn first casts X to float32, and then refuses
 * infinite values: the leaf number of such a row is out of bounds, so that a Gather must fail on it.
 */
export function treeLeaves(graph: GraphBuilder, matrix: string, trees: readonly Tree[], name: string): string {
  const single = graph.node('Cast', [graph.node('Transpose', [matrix], { attributes: { perm: [1n, 0n] } })], {
    name: `${name}/float32`,
    attributes: { to: BigInt(DATA_TYPE.FLOAT) },
  });
  const rows = graph.node('Cast', [single], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } });
  const found = graph.node('TreeEnsembleRegressor', [rows], {
    name: `${name}/leaves`,
    domain: 'ai.onnx.ml',
    attributes: ensembleAttributes(trees, name),
  });
  const leaves = graph.node('Cast', [found], { attributes: { to: BigInt(DATA_TYPE.INT64) } });
  const infinite = graph.node('Cast', [graph.node('IsInf', [single])], { attributes: { to: BigInt(DATA_TYPE.INT32) } });
  const any = graph.node('ReduceMax', [infinite], { attributes: { axes: [1n], keepdims: 1n } });
  const refused = graph.node('Cast', [any], { name: `${name}/infinite`, attributes: { to: BigInt(DATA_TYPE.BOOL) } });
  return graph.node('Where', [refused, graph.int64s('beyond', [], [BigInt(MOST_LEAVES)]), leaves]);
}

/** The arrays of the ai.onnx.ml operators (version 3), one entry a node, tree after tree; the k-th tree adds to the k-th target. */
function ensembleAttributes(trees: readonly Tree[], name: string) {
  const count = trees.reduce((sum, tree) => sum + tree.node_count, 0);
  const whole = () => new BigInt64Array(count);
  const nodes = { modes: new Array<string>(count), trees: whole(), ids: whole(), features: whole() };
  const ways = { left: whole(), right: whole(), missing: whole(), thresholds: new Float64Array(count) };
  const targets = { trees: [] as bigint[], nodes: [] as bigint[], weights: [] as number[] };
  let at = 0;
  trees.forEach((tree, k) => {
    const number = BigInt(k);
    let leaf = 0;
    for (let node = 0; node < tree.node_count; node++, at++) {
      const isLeaf = tree.children_left[node] === LEAF;
      nodes.modes[at] = isLeaf ? 'LEAF' : 'BRANCH_LEQ';
      nodes.trees[at] = number;
      nodes.ids[at] = BigInt(node);
      if (isLeaf) {
        targets.trees.push(number);
        targets.nodes.push(nodes.ids[at]!);
        targets.weights.push(leaf++);
        continue;
      }
      nodes.features[at] = BigInt(tree.feature[node]!);
      ways.left[at] = BigInt(tree.children_left[node]!);
      ways.right[at] = BigInt(tree.children_right[node]!);
      ways.missing[at] = BigInt(tree.missing_go_to_left[node]!);
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
