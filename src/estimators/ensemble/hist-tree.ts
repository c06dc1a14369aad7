// One tree of a histogram boosting as a plain value, and how its nodes are laid out for walking.
import { sharedNumbers } from '../../threads/start-thread.js';
import type { LeafTable } from '../tree/leaf-table.js';
import { layOutTree, type TreeNodes } from '../tree/tree-layout.js';

/** A row goes left if its float64 value is ≤ the threshold, or if its category is in the node's set. */
export interface HistTree {
  readonly nodes: TreeNodes;
  readonly value: Float64Array;
  /** By node: which set of `raw_left_cat_bitsets` it has, or −1 if it compares with its threshold; null if all compare. */
  readonly set: Int32Array | null;
  /** Eight words a set. */
  readonly raw_left_cat_bitsets: Uint32Array;
}

/** The categories that the columns had in the training data, as sets of the numbers 0 to 255. */
export interface KnownCategories {
  readonly known: Uint32Array;
  /** By feature: its set, or 0. */
  readonly knownSet: Int32Array;
}

const KNOWN = new WeakMap<HistTree, LeafTable>();

export function histLeafTableOf(tree: HistTree, categories: KnownCategories | null): LeafTable {
  const known = KNOWN.get(tree);
  if (known) return known;
  const layout = layOutTree(tree.nodes);
  const values = sharedNumbers(layout.leafNodes.length);
  layout.leafNodes.forEach((node, leaf) => {
    values[leaf] = tree.value[node]!;
  });
  const { set } = tree;
  const splits = set &&
    categories && {
      ...categories,
      set: Int32Array.from(layout.nodes, (node) => set[node]!),
      left: tree.raw_left_cat_bitsets,
    };
  const made: LeafTable = splits ? { layout, width: 1, values, splits } : { layout, width: 1, values };
  KNOWN.set(tree, made);
  return made;
}
