// Turns a block of rows into the leaf of a tree that each row ends in. Four rows walk side by side, because each waits for memory
// most of the time; a row that has come to its leaf stays there.
import { type CategorySplits, goesRight } from './category-splits.js';
import type { RowBlock } from './row-blocks.js';
import type { TreeSteps } from './tree-layout.js';

/** Writes the number of each row's leaf; `to` has room for three more. */
export function walkRows(layout: TreeSteps, block: RowBlock, to: Int32Array, splits?: CategorySplits): void {
  if (splits) walkCategories(layout, splits, block, to);
  else if (block.missing) walkMissing(layout, block, to);
  else walkWhole(layout, block, to);
}

/** A comparison as a number: 0, or 4 words to the right neighbour. */
const right = (goes: boolean): number => Number(goes) << 2;

function walkWhole({ words, thresholds, leaf }: TreeSteps, { values, width, rows }: RowBlock, to: Int32Array): void {
  for (let row = 0, one = 0; row < rows; row += 4) {
    const two = one + width;
    const three = two + width;
    const four = three + width;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (;;) {
      const e = words[a]! + right(values[one + words[a + 1]!]! > thresholds[(a >> 1) + 1]!);
      const f = words[b]! + right(values[two + words[b + 1]!]! > thresholds[(b >> 1) + 1]!);
      const g = words[c]! + right(values[three + words[c + 1]!]! > thresholds[(c >> 1) + 1]!);
      const h = words[d]! + right(values[four + words[d + 1]!]! > thresholds[(d >> 1) + 1]!);
      if (((e ^ a) | (f ^ b) | (g ^ c) | (h ^ d)) === 0) break;
      a = e;
      b = f;
      c = g;
      d = h;
    }
    to[row] = leaf[a >> 2]!;
    to[row + 1] = leaf[b >> 2]!;
    to[row + 2] = leaf[c >> 2]!;
    to[row + 3] = leaf[d >> 2]!;
    one = four + width;
  }
}

function walkMissing(layout: TreeSteps, { values, width, rows }: RowBlock, to: Int32Array): void {
  const { words, thresholds, leaf, missingRight } = layout;
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    let at = 0;
    for (;;) {
      const value = values[from + words[at + 1]!]!;
      const goes = value > thresholds[(at >> 1) + 1]! || (Number.isNaN(value) && missingRight[at >> 2] === 1);
      const next = words[at]! + right(goes);
      if (next === at) break;
      at = next;
    }
    to[row] = leaf[at >> 2]!;
  }
}

function walkCategories(
  layout: TreeSteps,
  splits: CategorySplits,
  { values, width, rows }: RowBlock,
  to: Int32Array,
): void {
  const { words, thresholds, leaf, missingRight } = layout;
  for (let row = 0, from = 0; row < rows; row++, from += width) {
    let at = 0;
    for (;;) {
      const feature = words[at + 1]!;
      const value = values[from + feature]!;
      const whenMissing = missingRight[at >> 2] === 1;
      const set = splits.set[at >> 2]!;
      const goes =
        set >= 0
          ? goesRight(splits, set, feature, value, whenMissing)
          : value > thresholds[(at >> 1) + 1]! || (Number.isNaN(value) && whenMissing);
      const next = words[at]! + right(goes);
      if (next === at) break;
      at = next;
    }
    to[row] = leaf[at >> 2]!;
  }
}
