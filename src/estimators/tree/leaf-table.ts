// Turns a tree into its layout and the values of its leaves, which is made at the first use and kept.
import { sharedNumbers } from '../../threads/start-thread.js';
import type { CategorySplits } from './category-splits.js';
import type { RowBlock } from './row-blocks.js';
import type { Tree } from './tree.js';
import { layOutTree, type TreeLayout, type TreeSteps } from './tree-layout.js';

export interface LeafTable {
  readonly layout: TreeSteps;
  readonly width: number;
  /** Row-major, leaves × `width`. */
  readonly values: Float64Array;
  readonly splits?: CategorySplits;
}

interface TreeTable extends LeafTable {
  readonly layout: TreeLayout;
}

const KNOWN = new WeakMap<Tree, TreeTable>();

export function leafTableOf(tree: Tree): TreeTable {
  const known = KNOWN.get(tree);
  if (known) return known;
  const { children_left: left, children_right: right, feature, threshold, missing_go_to_left: missingLeft } = tree;
  const layout = layOutTree({ left, right, feature, threshold, missingLeft });
  const width = tree.value_width;
  const values = sharedNumbers(layout.leafNodes.length * width);
  layout.leafNodes.forEach((node, leaf) => {
    for (let k = 0; k < width; k++) values[leaf * width + k] = tree.value[node * width + k]!;
  });
  const made = { layout, width, values };
  KNOWN.set(tree, made);
  return made;
}

/** Where the values of leaves are added: `sums` is row-major, rows × `stride`, and the first value belongs to column `offset`. */
interface LeafSums {
  readonly sums: Float64Array;
  readonly stride: number;
  readonly offset: number;
}

/** Adds what the leaf of each row of the block holds, `scale` times. */
export function addLeaves(
  { values, width }: Pick<LeafTable, 'values' | 'width'>,
  leaves: Int32Array,
  { from, rows }: RowBlock,
  scale: number,
  { sums, stride, offset }: LeafSums,
): void {
  let to = from * stride + offset;
  if (width === 1) {
    for (let i = 0; i < rows; i++, to += stride) sums[to] = sums[to]! + scale * values[leaves[i]!]!;
    return;
  }
  for (let i = 0; i < rows; i++, to += stride) {
    const at = leaves[i]! * width;
    for (let k = 0; k < width; k++) sums[to + k] = sums[to + k]! + scale * values[at + k]!;
  }
}
