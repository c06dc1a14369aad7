// Turns a frame into the sums of what the rows' leaves hold, over trees of one shape in their order, as scikit-learn adds them.
import type { Frame } from '../frame.js';
import { addLeaves, leafTableOf } from './leaf-table.js';
import { type BlockRules, rowBlocks } from './row-blocks.js';
import type { Tree } from './tree.js';
import { walkRows } from './walk-rows.js';

/** Row-major, rows × the trees' `value_width`. */
export function sumTrees(trees: readonly Tree[], frame: Frame, rules: BlockRules): Float64Array {
  const stride = trees[0]!.value_width;
  const sums = new Float64Array(frame.rows * stride);
  const tables = trees.map(leafTableOf);
  let leaves = new Int32Array(0);
  for (const block of rowBlocks(frame, rules)) {
    if (leaves.length < block.rows + 3) leaves = new Int32Array(block.rows + 3);
    for (const table of tables) {
      walkRows(table.layout, block, leaves);
      addLeaves(table, leaves, block, 1, { sums, stride, offset: 0 });
    }
  }
  return sums;
}
