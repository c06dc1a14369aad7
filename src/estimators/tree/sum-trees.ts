// Turns a frame into the sums of what the rows' leaves hold, over trees in their order, as scikit-learn adds them.
import type { Frame } from '../frame.js';
import { addLeaves, type LeafTable, leafTableOf } from './leaf-table.js';
import { type BlockRules, rowBlocks } from './row-blocks.js';
import type { Tree } from './tree.js';
import { walkRows } from './walk-rows.js';

/** Row-major, rows × the trees' `value_width`. */
export function sumTrees(trees: readonly Tree[], frame: Frame, rules: BlockRules): Float64Array {
  const sums = new Float64Array(frame.rows * trees[0]!.value_width);
  addTrees(
    trees.map((tree) => [leafTableOf(tree)]),
    frame,
    rules,
    1,
    sums,
  );
  return sums;
}

/** Boosting: each stage has a tree for each column of `sums`, which is row-major. A leaf's values are added `scale` times. */
export function addTrees(
  stages: readonly (readonly LeafTable[])[],
  frame: Frame,
  rules: BlockRules,
  scale: number,
  sums: Float64Array,
): void {
  const stride = sums.length / Math.max(frame.rows, 1);
  let leaves = new Int32Array(0);
  for (const block of rowBlocks(frame, rules)) {
    if (leaves.length < block.rows + 3) leaves = new Int32Array(block.rows + 3);
    for (const stage of stages) {
      for (let offset = 0; offset < stage.length; offset++) {
        const table = stage[offset]!;
        walkRows(table.layout, block, leaves, table.splits);
        addLeaves(table, leaves, block, scale, { sums, stride, offset });
      }
    }
  }
}
