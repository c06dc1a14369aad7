// Turns trees of scikit-learn into the leaf that each row ends in, and a leaf into its value from a float64 table.

import { LEAF, type Tree } from '../../../estimators/tree/tree.js';
import type { GraphBuilder } from '../graph-builder.js';
import { splitLeaves, splitTreeOf } from './split-leaves.js';

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

/** `matrix` is [features, N] float64. The answer is int64 [N, trees]. scikit-learn casts X to float32, and refuses infinite values. */
export function treeLeaves(graph: GraphBuilder, matrix: string, trees: readonly Tree[], name: string): string {
  return splitLeaves(graph, matrix, trees.map(splitTreeOf), name, { single: true, refuses: 'infinite' });
}
