// Turns blocks of many rows into sums with the help of other threads. Each row is summed by one thread, so the bits do not depend
// on how many threads there are.
import { openHelpers } from '../../threads/open-helpers.js';
import { sharedNumbers } from '../../threads/start-thread.js';
import { addGroup, type BlockSums, countGroups } from './add-group.js';
import type { LeafTable } from './leaf-table.js';
import { GROUP_ROWS } from './row-blocks.js';

type Stages = BlockSums['stages'];

interface SharedBlocks {
  /** Where a block is filled in. */
  readonly values: Float64Array;
  /** Adds to the sums; false if they are left as they were, because a helper is lost. */
  add(task: BlockSums): boolean;
}

/** Nodes that rows walk through, for which a thread pays: about 50 ms, and a thread takes about 40 ms to start, once. */
const LEAST_STEPS = 10_000_000;
const LEAST_ROWS = 1024;
/** Numbers of a block and its sums: 16 MiB, which are kept. */
const MOST_NUMBERS = 2 ** 21;

const HELPERS = openHelpers<BlockSums>('tree-helper.js', import.meta.url);
let kept = sharedNumbers(0);

/** Null for so little work that helpers would not pay, and where there are none. */
export function shareBlocks(stages: Stages, rows: number, width: number, stride: number): SharedBlocks | null {
  if (rows < LEAST_ROWS || rows * stepsOf(stages) < LEAST_STEPS) return null;
  const most = Math.min(rows + 3, MOST_NUMBERS / (width + stride)) & ~3;
  const threads = most < LEAST_ROWS ? 1 : HELPERS.start();
  if (threads === 1) return null;
  // a thread that is still at work, for a prediction that was stopped, may write to the memory of before
  if (kept.length < most * (width + stride) || !HELPERS.rest()) kept = sharedNumbers(most * (width + stride));
  const values = kept.subarray(0, most * width);
  const shared = kept.subarray(values.length);
  // two groups a thread, because none knows how fast the others are
  const group = Math.max(LEAST_ROWS, Math.min(GROUP_ROWS, Math.ceil(Math.min(most, rows) / threads / 2) + 3) & ~3);
  return {
    values,
    add: (task) => {
      shared.set(task.sums);
      const given = { ...task, stages: task.stages.map((stage) => stage.map(whatIsWalked)), sums: shared, group };
      const whole = HELPERS.share(given, countGroups(given), addGroup);
      if (whole) task.sums.set(shared.subarray(0, task.sums.length));
      return whole;
    },
  };
}

/** How far a row walks through the trees, if they are even. */
function stepsOf(stages: Stages): number {
  let steps = 0;
  for (const stage of stages) for (const { layout } of stage) steps += Math.log2(layout.leaf.length);
  return steps;
}

/** What threads are told: memory that all see, and little else. */
function whatIsWalked({ layout, ...table }: LeafTable): LeafTable {
  const { words, thresholds, missingRight, leaf } = layout;
  return { ...table, layout: { words, thresholds, missingRight, leaf } };
}
