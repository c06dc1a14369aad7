// Turns a group of rows of a block into what their leaves hold, added to the sums of these rows, tree by tree.
import { addLeaves, type LeafTable } from './leaf-table.js';
import type { RowBlock } from './row-blocks.js';
import type { TreeSteps } from './tree-layout.js';
import { walkRows } from './walk-rows.js';

/** What several threads may compute, each another group of rows. */
export interface BlockSums {
  /** Each stage has a tree for each column of the sums, or one whose leaves hold all columns. */
  readonly stages: readonly (readonly LeafTable[])[];
  readonly block: RowBlock;
  /** Rows of a group, a multiple of four. */
  readonly group: number;
  /** A leaf's values are added so many times. */
  readonly scale: number;
  /** Row-major, the block's rows × `stride`. */
  readonly sums: Float64Array;
  readonly stride: number;
}

export const countGroups = ({ block, group }: BlockSums): number => Math.ceil(block.rows / group);

export function addGroup({ stages, block, group, scale, sums, stride }: BlockSums, number: number): void {
  const from = number * group;
  const rows = Math.min(group, block.rows - from);
  const part = { ...block, from, rows, values: block.values.subarray(from * block.width) };
  const leaves = new Int32Array(rows + 3);
  for (const stage of stages) {
    for (let offset = 0; offset < stage.length; offset++) {
      const table = stage[offset]!;
      leaves[rows] = readAhead(table.layout);
      walkRows(table.layout, part, leaves, table.splits);
      addLeaves(table, leaves, part, scale, { sums, stride, offset });
    }
  }
}

/** Reads one number of each line of the processor's cache in turn, which is faster than as the rows come to them. */
function readAhead({ words, leaf }: TreeSteps): number {
  let sum = 0;
  for (let at = 0; at < words.length; at += 16) sum ^= words[at]!;
  for (let at = 0; at < leaf.length; at += 16) sum ^= leaf[at]!;
  return sum;
}
