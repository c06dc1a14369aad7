// Turns what Python saved of one tree (sklearn.tree._tree.Tree) into its value, of any version's layout.
import { LEAF, type Tree } from '../../estimators/tree/tree.js';
import { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

/**
 * The fields of the nodes are read by their names, because their places differ between versions. A child stands behind its parent,
 * as scikit-learn writes it, so that every walk ends. `fractions`: the values of versions before 1.3 are counts of classes.
 */
export function readTree(value: Value, width: number, fractions: boolean): Tree {
  const attributes = new Attributes(value);
  if (`${attributes.object.module}.${attributes.kind}` !== 'sklearn.tree._tree.Tree') return value.fail('a Tree');
  const nodes = attributes.get('nodes');
  const field = (name: string) => nodes.field(name) ?? nodes.fail(`records with the field ${name}`);
  const left = field('left_child').vector();
  const count = left.length;
  const right = field('right_child').vector(count);
  const feature = field('feature').vector(count);
  for (let node = 0; node < count; node++) {
    if (left[node] === LEAF) continue;
    const child = (at: number) => Number.isInteger(at) && at > node && at < count;
    if (!child(left[node]!) || !child(right[node]!))
      nodes.fail('nodes whose children stand behind them', `node ${node}`);
    if (!(feature[node]! >= 0 && feature[node]! < width)) nodes.fail(`features below ${width}`, String(feature[node]));
  }
  if (count === 0) nodes.fail('at least one node');
  const values = attributes.get('values').numbers();
  const each = values.values.length / count;
  if (values.shape.length !== 3 || values.shape[0] !== count || each === 0)
    attributes.get('values').fail(`numbers for ${count} nodes`);
  const old = nodes.field('missing_go_to_left') === null;
  return {
    node_count: count,
    max_depth: attributes.maybe('max_depth')?.integer(0) ?? 0,
    children_left: Int32Array.from(left),
    children_right: Int32Array.from(right),
    feature: Int32Array.from(feature),
    threshold: field('threshold').vector(count),
    impurity: field('impurity').vector(count),
    n_node_samples: Int32Array.from(field('n_node_samples').vector(count)),
    weighted_n_node_samples: field('weighted_n_node_samples').vector(count),
    missing_go_to_left: Uint8Array.from(nodes.field('missing_go_to_left')?.vector(count) ?? new Uint8Array(count)),
    value_width: each,
    value: fractions && old ? fractionsOf(values.values, values.shape[2]!) : values.values,
  };
}

/** Counts of classes as fractions, for each node and output. */
function fractionsOf(counts: Float64Array, classes: number): Float64Array {
  const made = new Float64Array(counts.length);
  for (let at = 0; at < counts.length; at += classes) {
    let sum = 0;
    for (let k = 0; k < classes; k++) sum += counts[at + k]!;
    // scikit-learn divides by 1 where there is nothing
    for (let k = 0; k < classes; k++) made[at + k] = counts[at + k]! / (sum === 0 ? 1 : sum);
  }
  return made;
}
