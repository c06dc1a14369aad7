// Turns the trees of a `.cbm`: oblivious ones (one split a level), or a forest of any shape.
import { buildForest } from '../forest/build-forest.js';
import { NUMBER, type RawTree } from '../forest/forest.js';
import type { Refuse } from '../refuse.js';
import type { FlatTable } from './flat-buffer.js';
import type { CatboostModel, ObliviousTrees } from './model.js';

export interface Split {
  readonly column: number;
  readonly border: number;
  /** Of the border in its column, from 1 on. */
  readonly rank: number;
}

const FIELD = { splits: 1, sizes: 2, starts: 3, leafValues: 8, steps: 10, leafIds: 11 };

/** CatBoost trains to depth 16. */
const MOST_LEVELS = 24;

type Trees = Pick<CatboostModel, 'oblivious' | 'forest' | 'leafValues' | 'trees'>;

export function readTrees(
  trees: FlatTable,
  splits: readonly Split[],
  columns: number,
  dimensions: number,
  refuse: Refuse,
): Trees {
  const sizes = trees.ints(FIELD.sizes);
  const starts = trees.ints(FIELD.starts);
  const order = trees.ints(FIELD.splits);
  const leafValues = trees.doubles(FIELD.leafValues);
  const steps = trees.shortPairs(FIELD.steps);
  if (starts.length !== sizes.length)
    throw refuse.malformed(`it has ${sizes.length} trees and ${starts.length} starts`);
  let next = 0;
  for (const [i, size] of sizes.entries()) {
    if (size < 0 || starts[i] !== next)
      throw refuse.malformed(`tree ${i} has ${size} splits from ${starts[i]} on, expected ${next}`);
    next += size;
  }
  if (next !== order.length) throw refuse.malformed(`the trees have ${next} splits, but there are ${order.length}`);
  const shared = { leafValues, trees: sizes.length };
  if (steps.length === 0) {
    const oblivious = readOblivious(sizes, starts, order, splits, leafValues.length / dimensions, refuse);
    return { ...shared, oblivious, forest: null };
  }
  if (steps.length !== order.length * 2)
    throw refuse.malformed(`it has ${steps.length / 2} steps for ${order.length} nodes`);
  const leafIds = trees.ints(FIELD.leafIds);
  if (leafIds.length !== order.length)
    throw refuse.malformed(`it has ${leafIds.length} leaf numbers for ${order.length} nodes`);
  const leaves = leafValues.length / dimensions;
  const raw = Array.from(sizes, (size, i) => {
    const nodes = { start: starts[i]!, size, steps, leafIds, order };
    return readTree(nodes, i, splits, dimensions, leaves, refuse);
  });
  const facts = { features: columns, aboveCategory: Number.POSITIVE_INFINITY, leavesAreShared: true } as const;
  const forest = buildForest(raw, facts, refuse);
  return { ...shared, oblivious: null, forest };
}

function readOblivious(
  depths: Int32Array,
  starts: Int32Array,
  order: Int32Array,
  splits: readonly Split[],
  leaves: number,
  refuse: Refuse,
): ObliviousTrees {
  const firstLeaf = new Int32Array(depths.length + 1);
  for (const [i, depth] of depths.entries()) {
    if (depth > MOST_LEVELS) throw refuse.beyond(`tree ${i} has ${depth} levels, mlctl runs ${MOST_LEVELS}`);
    const end = firstLeaf[i]! + 2 ** depth;
    if (end > leaves) throw refuse.malformed(`tree ${i} ends at leaf ${end}, but there are ${leaves}`);
    firstLeaf[i + 1] = end;
  }
  if (firstLeaf[depths.length] !== leaves)
    throw refuse.malformed(`the trees have ${firstLeaf[depths.length]} leaves, but values for ${leaves}`);
  const asked = Array.from(order, (split) => splitAt(splits, split, refuse));
  return {
    starts,
    depths,
    columns: Int32Array.from(asked, ({ column }) => column),
    ranks: Int32Array.from(asked, ({ rank }) => rank),
    firstLeaf,
  };
}

function splitAt(splits: readonly Split[], index: number, refuse: Refuse): Split {
  const split = splits[index];
  if (split === undefined) throw refuse.malformed(`a node asks for split ${index} of ${splits.length}`);
  return split;
}

interface Nodes {
  readonly start: number;
  readonly size: number;
  readonly steps: Uint16Array;
  readonly leafIds: Int32Array;
  readonly order: Int32Array;
}

/** A step of 0 ends the walk: the node itself has the leaf. */
function readTree(
  nodes: Nodes,
  tree: number,
  splits: readonly Split[],
  dimensions: number,
  leaves: number,
  refuse: Refuse,
): RawTree {
  const { start, size, steps, leafIds, order } = nodes;
  if (size === 0) throw refuse.malformed(`tree ${tree} has no nodes`);
  const raw = {
    first: new Int32Array(size),
    second: new Int32Array(size),
    feature: new Int32Array(size),
    threshold: new Float64Array(size),
    kind: new Uint8Array(size).fill(NUMBER),
    // A missing value is above no border.
    missing: new Uint8Array(size),
  };
  const target = (node: number, step: number): number => {
    if (step > 0) {
      // A node without steps is a leaf.
      const to = node + step;
      const isLeaf = to < size && steps[(start + to) * 2] === 0 && steps[(start + to) * 2 + 1] === 0;
      return isLeaf ? leafOf(to) : to;
    }
    return leafOf(node);
  };
  const leafOf = (node: number): number => {
    const leaf = (leafIds[start + node]! >>> 0) / dimensions;
    if (!Number.isInteger(leaf) || leaf >= leaves)
      throw refuse.malformed(`tree ${tree}: node ${node} has the leaf ${leaf} of ${leaves}`);
    return ~leaf;
  };
  for (let node = 0; node < size; node++) {
    const [left, right] = [steps[(start + node) * 2]!, steps[(start + node) * 2 + 1]!];
    if (left === 0 && right === 0) continue;
    const { column, border } = splitAt(splits, order[start + node]!, refuse);
    raw.first[node] = target(node, left);
    raw.second[node] = target(node, right);
    raw.feature[node] = column;
    raw.threshold[node] = border;
  }
  const isLeaf = steps[start * 2] === 0 && steps[start * 2 + 1] === 0;
  return { ...raw, root: isLeaf ? leafOf(0) : 0, leaves };
}
