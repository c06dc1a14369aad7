// Turns trees and a frame into the leaf of each tree that each row ends in (sklearn.tree._tree.Tree.apply).
import type { Frame } from '../frame.js';
import { leafTableOf } from './leaf-table.js';
import { type BlockRules, rowBlocks } from './row-blocks.js';
import type { Tree } from './tree.js';
import { walkRows } from './walk-rows.js';

/** Row-major, rows × trees: the number of the leaf among the nodes. */
export function applyTrees(trees: readonly Tree[], frame: Frame, rules: BlockRules): Float64Array {
  const count = trees.length;
  const nodes = new Float64Array(frame.rows * count);
  const layouts = trees.map((tree) => leafTableOf(tree).layout);
  for (const block of rowBlocks(frame, rules)) {
    const leaves = new Int32Array(block.rows + 3);
    for (const [t, layout] of layouts.entries()) {
      walkRows(layout, block, leaves);
      for (let i = 0, at = block.from * count + t; i < block.rows; i++, at += count)
        nodes[at] = layout.leafNodes[leaves[i]!]!;
    }
  }
  return nodes;
}
