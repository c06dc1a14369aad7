// Cuts rows into blocks, so that a tree stays in the processor's cache while a block of rows walks it.
import type { Feature } from './feature-table.js';
import type { Rows } from './forest/find-leaves.js';

const MOST_ROWS = 256;
/** 16 MiB of them, so that a model of very many columns does not ask for more. */
const MOST_VALUES = 2 ** 21;

export const rowsABlock = (rows: number, width: number): number =>
  Math.min(rows, MOST_ROWS, Math.max(1, Math.floor(MOST_VALUES / Math.max(1, width))));

/** `prepare` changes the values as the library does and tells whether none is missing. */
export function byBlocks(
  features: readonly Feature[],
  rows: number,
  prepare: (values: Float64Array, length: number) => boolean,
  answer: (block: Rows, start: number) => void,
): void {
  const width = features.length;
  const size = rowsABlock(rows, width);
  const values = new Float64Array(width * size);
  for (let start = 0; start < rows; start += size) {
    const count = Math.min(size, rows - start);
    for (const [i, feature] of features.entries()) feature.fill(values, i, width, start, count);
    const complete = prepare(values, width * count);
    answer({ values, width, count, complete }, start);
  }
}
