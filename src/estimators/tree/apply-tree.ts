// Turns a tree and a table into the leaf that each row ends in (sklearn.tree._tree.Tree.apply).
import type { Frame } from '../frame.js';
import { leafTableOf } from './leaf-table.js';
import { type BlockRules, rowBlocks } from './row-blocks.js';
import type { Tree } from './tree.js';
import { walkRows } from './walk-rows.js';

/** The number of each row's leaf among the nodes. */
export function applyTree(tree: Tree, frame: Frame, rules: BlockRules): Int32Array<ArrayBuffer> {
  const { layout } = leafTableOf(tree);
  const nodes = new Int32Array(frame.rows);
  for (const block of rowBlocks(frame, rules)) {
    const leaves = new Int32Array(block.rows + 3);
    walkRows(layout, block, leaves);
    for (let i = 0; i < block.rows; i++) nodes[block.from + i] = layout.leafNodes[leaves[i]!]!;
  }
  return nodes;
}
