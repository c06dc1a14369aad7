// Turns rows of a table into CatBoost's raw values: the sum of the trees, scaled, with the bias.
import { rowsABlock } from '../by-blocks.js';
import type { Feature } from '../feature-table.js';
import { findLeaves } from '../forest/find-leaves.js';
import type { CatboostModel, ObliviousTrees } from './model.js';
import { rankValues } from './rank-values.js';
import { ToColumns } from './to-columns.js';

/** `model.dimensions` values a row. */
export function predictRaw(model: CatboostModel, features: readonly Feature[], rows: number): Float64Array {
  const { dimensions, leafValues } = model;
  const sums = new Float64Array(rows * dimensions);
  const size = rowsABlock(rows, model.borders.length);
  const columns = new ToColumns(model, features, size);
  const values = new Float64Array(columns.width * size);
  const ranks = new Int32Array(model.oblivious === null ? 0 : values.length);
  const leaves = new Int32Array(size);
  for (let start = 0; start < rows; start += size) {
    const count = Math.min(size, rows - start);
    columns.fill(values, start, count);
    if (model.oblivious !== null) rankValues(values, columns.width, count, model.borders, ranks);
    const block = { values, width: columns.width, count, complete: false };
    for (let tree = 0; tree < model.trees; tree++) {
      if (model.forest !== null) findLeaves(model.forest, tree, block, leaves);
      else findObliviousLeaves(model.oblivious!, tree, ranks, count, leaves);
      add(leafValues, leaves, count, dimensions, sums, start * dimensions);
    }
  }
  applyScaleAndBias(model, sums);
  return sums;
}

/** No value has this rank, so a level that asks for it answers 0. */
const BEYOND = 2 ** 30;

/**
 * Bit d of the leaf's number is the answer of level d. The loop has no branch, because processors guess these answers badly, and
 * takes four levels at a time, those beyond the depth answering 0.
 */
function findObliviousLeaves(
  trees: ObliviousTrees,
  tree: number,
  ranks: Int32Array,
  count: number,
  leaves: Int32Array,
): void {
  const start = trees.starts[tree]!;
  const depth = trees.depths[tree]!;
  const needed = (level: number): number => (level < depth ? trees.ranks[start + level]! - 1 : BEYOND);
  const base = (level: number): number => (level < depth ? trees.columns[start + level]! * count : 0);
  leaves.fill(trees.firstLeaf[tree]!, 0, count);
  for (let level = 0; level < depth; level += 4) {
    const [a, b, c, d] = [needed(level), needed(level + 1), needed(level + 2), needed(level + 3)];
    const [atA, atB, atC, atD] = [base(level), base(level + 1), base(level + 2), base(level + 3)];
    for (let row = 0; row < count; row++) {
      const bits =
        ((a - ranks[atA + row]!) >>> 31) |
        (((b - ranks[atB + row]!) >>> 31) << 1) |
        (((c - ranks[atC + row]!) >>> 31) << 2) |
        (((d - ranks[atD + row]!) >>> 31) << 3);
      leaves[row] = leaves[row]! + (bits << level);
    }
  }
}

function add(
  leafValues: Float64Array,
  leaves: Int32Array,
  count: number,
  dimensions: number,
  sums: Float64Array,
  at: number,
): void {
  for (let row = 0, to = at; row < count; row++) {
    const from = leaves[row]! * dimensions;
    for (let i = 0; i < dimensions; i++, to++) sums[to]! += leafValues[from + i]!;
  }
}

function applyScaleAndBias({ scale, bias, dimensions }: CatboostModel, sums: Float64Array): void {
  if (scale === 1 && bias.every((value) => value === 0)) return;
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! * scale + bias[i % dimensions]!;
}
