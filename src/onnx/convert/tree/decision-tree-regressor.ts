// Turns a DecisionTreeRegressor into the leaf of each row, then the leaf's value from a float64 table.
import type { DecisionTreeRegressor } from '../../../estimators/tree/decision-tree-regressor.js';
import { type Feature, joined, numbersOnly } from '../features.js';
import type { GraphBuilder } from '../graph-builder.js';
import { gatherLeafValues, leafPlaces, leavesOf } from './tree-leaves.js';

const STEP = 'decision_tree_regressor';

export function convertDecisionTreeRegressor(
  graph: GraphBuilder,
  { tree_: tree }: DecisionTreeRegressor,
  features: readonly Feature[],
): void {
  const leaves = leavesOf(tree);
  const place = leafPlaces(graph, joined(graph, numbersOnly(features, STEP)), tree, STEP);
  const values = Float64Array.from(leaves, (leaf) => tree.value[leaf]!);
  gatherLeafValues(graph, graph.doubles('values', [leaves.length], values), place, 'prediction');
}
