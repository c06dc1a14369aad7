// Turns a frame into the sums of what the rows' leaves hold, over trees in their order, as scikit-learn adds them.
import { type Frame, widthOf } from '../frame.js';
import { addGroup, countGroups } from './add-group.js';
import { type LeafTable, leafTableOf } from './leaf-table.js';
import { type BlockRules, GROUP_ROWS, rowBlocks } from './row-blocks.js';
import { shareBlocks } from './share-blocks.js';
import type { Tree } from './tree.js';

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
  const shared = shareBlocks(stages, frame.rows, widthOf(frame), stride);
  for (const block of rowBlocks(frame, rules, shared?.values)) {
    const own = sums.subarray(block.from * stride, (block.from + block.rows) * stride);
    const task = { stages, block: { ...block, from: 0 }, group: GROUP_ROWS, scale, sums: own, stride };
    if (shared?.add(task)) continue;
    for (let group = 0; group < countGroups(task); group++) addGroup(task, group);
  }
}
