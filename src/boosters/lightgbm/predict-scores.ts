// Turns rows of features into the scores of a LightGBM model, adding in its order.
import { findLeaves, type Rows, ZERO } from '../forest/find-leaves.js';
import type { LeafModels, LightgbmModel } from './model.js';

/** As LightGBM takes rows from Python: what is almost zero is zero. True if no value is missing. */
export function toRows(values: Float64Array, length: number): boolean {
  let complete = true;
  for (let i = 0; i < length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) complete = false;
    else if (value <= ZERO && value >= -ZERO) values[i] = 0;
  }
  return complete;
}

/** Writes `rows.count` rows of `model.outputs` scores, from `at` on; `raw` leaves out the link. */
export function predictScores(
  model: LightgbmModel,
  rows: Rows,
  scores: Float64Array,
  at: number,
  iterations: number,
  raw = false,
): void {
  const { outputs, forest, leafValues, leafModels } = model;
  const leaves = new Int32Array(rows.count);
  for (let tree = 0; tree < iterations * outputs; tree++) {
    findLeaves(forest, tree, rows, leaves);
    let to = at + (tree % outputs);
    for (let row = 0; row < rows.count; row++, to += outputs) {
      const leaf = leaves[row]!;
      scores[to]! +=
        leafModels === null ? leafValues[leaf]! : linearLeaf(leafModels, leaf, leafValues[leaf]!, rows, row);
    }
  }
  const end = at + rows.count * outputs;
  if (model.average && !raw) for (let i = at; i < end; i++) scores[i] = scores[i]! / iterations;
  if (!raw) for (let row = at; row < end; row += outputs) model.link.change(scores, row, outputs);
}

/** A missing value in any of its features gives the leaf's plain value. */
function linearLeaf(models: LeafModels, leaf: number, plain: number, { values, width }: Rows, row: number): number {
  let sum = models.constants[leaf]!;
  if (Number.isNaN(sum)) return plain;
  for (let i = models.starts[leaf]!; i < models.starts[leaf + 1]!; i++) {
    const value = values[row * width + models.features[i]!]!;
    if (Number.isNaN(value)) return plain;
    sum += models.coefficients[i]! * value;
  }
  return sum;
}
