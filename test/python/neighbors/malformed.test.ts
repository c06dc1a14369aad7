// A tree whose nodes lead out of it, or whose places are not there, is refused when it is read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readSpaceTree } from '../../../src/python/neighbors/read-space-tree.js';
import type { ArrayValues, Saved, SavedArray, SavedObject } from '../../../src/python/saved.js';
import { Value } from '../../../src/python/value.js';

const array = (values: ArrayValues, shape: readonly number[]): SavedArray => ({
  type: 'array',
  dtype: { kind: 'f', size: 8 },
  shape,
  values,
  fields: null,
});

interface Nodes {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly leaf: readonly number[];
}

/** A KDTree over four points of two columns, with three nodes. */
function treeOf(nodes: Nodes, order: readonly number[] = [3, 1, 0, 2], bounds = [2, 3, 2]): SavedObject {
  const vector = (values: readonly number[]) => array(Float64Array.from(values), [values.length]);
  const records: SavedArray = {
    type: 'array',
    dtype: { kind: 'V', size: 32 },
    shape: [nodes.start.length],
    values: null,
    fields: new Map([
      ['idx_start', vector(nodes.start)],
      ['idx_end', vector(nodes.end)],
      ['is_leaf', vector(nodes.leaf)],
      ['radius', vector(nodes.start.map(() => 1))],
    ]),
  };
  const items: Saved[] = [null, vector(order), records, array(new Float64Array(12), bounds)];
  return {
    type: 'object',
    module: 'sklearn.neighbors._kd_tree',
    name: 'KDTree',
    args: [],
    state: { type: 'tuple', items },
  };
}

const GOOD: Nodes = { start: [0, 0, 2], end: [4, 2, 4], leaf: [0, 1, 1] };
const read = (tree: SavedObject) => readSpaceTree(new Value(tree, '_tree'), 4, 2);

describe('a tree of neighbours', () => {
  test('that fits is read', () => {
    assert.deepEqual(read(treeOf(GOOD)).order, Int32Array.of(3, 1, 0, 2));
  });

  for (const [what, tree] of [
    ['children that are not there', treeOf({ ...GOOD, leaf: [0, 0, 1] })],
    ['a node that ends before its start', treeOf({ ...GOOD, end: [4, 2, 1] })],
    ['a node that ends behind the points', treeOf({ ...GOOD, end: [5, 2, 4] })],
    ['a place that is not a point', treeOf(GOOD, [3, 1, 0, 4])],
    ['a place before the points', treeOf(GOOD, [3, 1, 0, -1])],
    ['too few places', treeOf(GOOD, [3, 1, 0])],
    ['bounds of another shape', treeOf(GOOD, undefined, [1, 6, 2])],
    ['no nodes', treeOf({ start: [], end: [], leaf: [] })],
  ] as const)
    test(`with ${what} is refused`, () => {
      assert.throws(() => read(tree), { code: 'MODEL_MALFORMED' });
    });
});
