// Cuts rows into blocks, so that a tree stays in the processor's cache while a block of rows walks it.
import type { Feature } from './feature-table.js';
import type { Rows } from './forest/find-leaves.js';

export const ROWS_A_BLOCK = 256;

/** `prepare` changes the values as the library does and tells whether none is missing. */
export function byBlocks(
  features: readonly Feature[],
  rows: number,
  prepare: (values: Float64Array, length: number) => boolean,
  answer: (block: Rows, start: number) => void,
): void {
  const width = features.length;
  const values = new Float64Array(width * Math.min(rows, ROWS_A_BLOCK));
  for (let start = 0; start < rows; start += ROWS_A_BLOCK) {
    const count = Math.min(ROWS_A_BLOCK, rows - start);
    for (const [i, feature] of features.entries()) feature.fill(values, i, width, start, count);
    const complete = prepare(values, width * count);
    answer({ values, width, count, complete }, start);
  }
}
