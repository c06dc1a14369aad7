// Turns a tree into how much each feature lowers the impurity (scikit-learn's feature_importances_).

import { pairwiseSum } from '../pairwise-sum.js';
import { LEAF, type Tree } from './tree.js';

/** `normalised`: as fractions of the whole. */
export function featureImportances(tree: Tree, features: number, normalised = true): Float64Array {
  const { children_left: left, children_right: right, impurity, weighted_n_node_samples: weight } = tree;
  const importances = new Float64Array(features);
  const share = (node: number): number => weight[node]! * impurity[node]!;
  for (let node = 0; node < tree.node_count; node++) {
    if (left[node] === LEAF) continue;
    importances[tree.feature[node]!]! += share(node) - share(left[node]!) - share(right[node]!);
  }
  for (let j = 0; j < features; j++) importances[j]! /= weight[0]!;
  if (!normalised) return importances;
  const sum = pairwiseSum(importances);
  return sum > 0 ? importances.map((importance) => importance / sum) : importances;
}
