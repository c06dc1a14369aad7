// Turns what Python saved of one tree (sklearn.tree._tree.Tree) into its value, of any version's layout.
import { pairwiseSum } from '../../estimators/pairwise-sum.js';
import type { Tree } from '../../estimators/tree/tree.js';
import { Attributes } from '../attributes.js';
import { checkNodes } from './check-nodes.js';

/** What the values of a tree's nodes are: numbers, one a target, or fractions of classes, whose counts are given target by target. */
export type TreeTargets = { readonly numbers: number } | { readonly classes: readonly number[] };

/**
 * The `tree_` of an estimator. The fields of the nodes are read by their names, because their places differ between versions.
 * `width`: of the data.
 */
export function readTree(estimator: Attributes, width: number, targets: TreeTargets): Tree {
  const value = estimator.get('tree_');
  const attributes = new Attributes(value);
  if (`${attributes.object.module}.${attributes.kind}` !== 'sklearn.tree._tree.Tree') return value.fail('a Tree');
  const nodes = attributes.get('nodes');
  const field = (name: string) => nodes.field(name) ?? nodes.fail(`records with the field ${name}`);
  const left = field('left_child').vector();
  const count = left.length;
  const right = field('right_child').vector(count);
  const feature = field('feature').vector(count);
  const threshold = field('threshold').vector(count);
  const said = attributes.maybe('node_count');
  if (said && said.integer(0) !== count) said.fail(`${count}, the number of its nodes`);
  checkNodes(nodes, { left, right, feature, threshold }, width);
  const [outputs, most] = 'numbers' in targets ? [targets.numbers, 1] : sizeOf(targets.classes);
  const { values, shape } = attributes.get('values').numbers();
  if (shape.length !== 3 || shape[0] !== count || shape[1] !== outputs || shape[2] !== most)
    attributes.get('values').fail(`numbers with the shape (${count}, ${outputs}, ${most})`);
  // the versions before 1.3 have no such field, and those before 1.4 keep counts of classes
  const missingLeft = nodes.field('missing_go_to_left')?.vector(count);
  const areCounts = 'classes' in targets && (!missingLeft || estimator.isBefore(1, 4));
  return {
    node_count: count,
    max_depth: attributes.maybe('max_depth')?.integer(0) ?? 0,
    children_left: Int32Array.from(left),
    children_right: Int32Array.from(right),
    feature: Int32Array.from(feature),
    threshold,
    impurity: field('impurity').vector(count),
    n_node_samples: Int32Array.from(field('n_node_samples').vector(count)),
    weighted_n_node_samples: field('weighted_n_node_samples').vector(count),
    missing_go_to_left: missingLeft
      ? Uint8Array.from(missingLeft, (goes) => (goes === 0 ? 0 : 1))
      : new Uint8Array(count),
    value_width: outputs * most,
    value: areCounts ? fractionsOf(values, targets.classes, most) : values,
  };
}

const sizeOf = (classes: readonly number[]): [number, number] => [classes.length, Math.max(...classes)];

/** Counts of classes as fractions, for each node and target. */
function fractionsOf(counts: Float64Array, classes: readonly number[], most: number): Float64Array {
  const made = new Float64Array(counts.length);
  for (let from = 0, k = 0; from < counts.length; from += most, k = (k + 1) % classes.length) {
    // scikit-learn divides by 1 where there is nothing
    const sum = pairwiseSum(counts, from, classes[k]!) || 1;
    for (let at = from; at < from + classes[k]!; at++) made[at] = counts[at]! / sum;
  }
  return made;
}
