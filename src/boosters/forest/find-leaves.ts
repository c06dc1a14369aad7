// Turns rows into the leaves that they reach in one tree of a forest.
import { CATEGORY, type Forest, ZERO_IS_MISSING } from './forest.js';

/** Rows of features, one after the other. */
export interface Rows {
  readonly values: Float64Array;
  readonly width: number;
  readonly count: number;
  /** None of the values is NaN. */
  readonly complete: boolean;
}

/** LightGBM calls a value zero if it is at most this float32. */
export const ZERO = Math.fround(1e-35);

/** Writes one leaf a row. `forest` is checked, so each walk ends. */
export function findLeaves(forest: Forest, tree: number, rows: Rows, leaves: Int32Array): void {
  const root = forest.roots[tree]!;
  if (root < 0) leaves.fill(~root, 0, rows.count);
  else if (rows.complete && forest.plain[tree] === 1) walkPlain(forest, root, rows, leaves);
  else walkAny(forest, root, rows, leaves);
}

function walkPlain(forest: Forest, root: number, rows: Rows, leaves: Int32Array): void {
  const { feature, threshold, children } = forest;
  const { values, width, count } = rows;
  for (let row = 0, base = 0; row < count; row++, base += width) {
    let node = root;
    do {
      node = children[node * 2 + (values[base + feature[node]!]! > threshold[node]! ? 1 : 0)]!;
    } while (node >= 0);
    leaves[row] = ~node;
  }
}

function walkAny(forest: Forest, root: number, rows: Rows, leaves: Int32Array): void {
  const { feature, threshold, children } = forest;
  const { values, width, count } = rows;
  for (let row = 0, base = 0; row < count; row++, base += width) {
    let node = root;
    do {
      const value = values[base + feature[node]!]!;
      if (value <= threshold[node]!) node = children[node * 2]!;
      else if (value > threshold[node]!) node = children[node * 2 + 1]!;
      else node = children[node * 2 + otherwise(forest, node, value)]!;
    } while (node >= 0);
    leaves[row] = ~node;
  }
}

/** The side for a missing value, a category, or a value at a node for which zero is missing. */
function otherwise(forest: Forest, node: number, value: number): number {
  const missing = forest.missing[node]!;
  if (Number.isNaN(value)) return missing;
  const kind = forest.kind[node];
  if (kind === CATEGORY) return isMember(forest, node, value) ? 0 : 1;
  if (kind === ZERO_IS_MISSING && Math.abs(value) <= ZERO) return missing;
  return value <= forest.limit[node]! ? 0 : 1;
}

function isMember({ sets, bits, aboveCategory }: Forest, node: number, value: number): boolean {
  if (!(value > aboveCategory)) return false;
  const start = sets[node * 2]!;
  const category = Math.trunc(value);
  if (category >= (sets[node * 2 + 1]! - start) * 32) return false;
  return ((bits[start + (category >>> 5)]! >>> (category & 31)) & 1) === 1;
}
