// Turns rows of a table into CatBoost's raw values: the sum of the trees, scaled, with the bias.
import { ROWS_A_BLOCK } from '../by-blocks.js';
import type { Feature } from '../feature-table.js';
import { findLeaves } from '../forest/find-leaves.js';
import type { CatboostModel, ObliviousTrees } from './model.js';
import { ToColumns } from './to-columns.js';

/** `model.dimensions` values a row. */
export function predictRaw(model: CatboostModel, features: readonly Feature[], rows: number): Float64Array {
  const { dimensions, leafValues } = model;
  const sums = new Float64Array(rows * dimensions);
  const size = Math.min(rows, ROWS_A_BLOCK);
  const columns = new ToColumns(model, features, size);
  const values = new Float64Array(columns.width * size);
  const leaves = new Int32Array(size);
  for (let start = 0; start < rows; start += ROWS_A_BLOCK) {
    const count = Math.min(ROWS_A_BLOCK, rows - start);
    columns.fill(values, start, count);
    const block = { values, width: columns.width, count, complete: false };
    for (let tree = 0; tree < model.trees; tree++) {
      if (model.forest !== null) findLeaves(model.forest, tree, block, leaves);
      else findObliviousLeaves(model.oblivious!, tree, values, columns.width, count, leaves);
      add(leafValues, leaves, count, dimensions, sums, start * dimensions);
    }
  }
  applyScaleAndBias(model, sums);
  return sums;
}

/** Bit d of the leaf's number is the answer of level d. */
function findObliviousLeaves(
  trees: ObliviousTrees,
  tree: number,
  values: Float64Array,
  width: number,
  count: number,
  leaves: Int32Array,
): void {
  const { columns, borders } = trees;
  const start = trees.starts[tree]!;
  const depth = trees.depths[tree]!;
  const first = trees.firstLeaf[tree]!;
  for (let row = 0, base = 0; row < count; row++, base += width) {
    let leaf = 0;
    for (let level = 0; level < depth; level++)
      leaf |= (values[base + columns[start + level]!]! > borders[start + level]! ? 1 : 0) << level;
    leaves[row] = first + leaf;
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
