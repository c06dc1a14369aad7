// Trees that rows could not walk, or that do not fit their estimator, are refused when they are read.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readEstimator } from '../../../src/python/read-estimator.js';
import type { ArrayType, Saved, SavedArray } from '../../../src/python/saved.js';

const DOUBLE: ArrayType = { kind: 'f', size: 8 };
const array = (values: readonly number[], shape: readonly number[] = [values.length]): SavedArray => ({
  type: 'array',
  dtype: DOUBLE,
  shape,
  values: Float64Array.from(values),
  fields: null,
});
const object = (module: string, name: string, state: Record<string, Saved>): Saved => ({
  type: 'object',
  module,
  name,
  args: [],
  state: { type: 'dict', entries: Object.entries(state) },
});

const NODES = {
  left_child: [1, -1, 3, -1, -1],
  right_child: [2, -1, 4, -1, -1],
  feature: [0, -2, 1, -2, -2],
  threshold: [0.5, -2, 1.5, -2, -2],
  impurity: [0, 0, 0, 0, 0],
  n_node_samples: [4, 2, 2, 1, 1],
  weighted_n_node_samples: [4, 2, 2, 1, 1],
  missing_go_to_left: [0, 0, 1, 0, 0],
};

/** A regressor of two columns with five nodes, where some fields are others. */
function regressor(changed: Partial<typeof NODES> = {}, values = array([0, 1, 0, 2, 3], [5, 1, 1])): Saved {
  const fields = new Map(Object.entries({ ...NODES, ...changed }).map(([name, numbers]) => [name, array(numbers)]));
  const nodes: Saved = { type: 'array', dtype: { kind: 'V', size: 64 }, shape: [5], values: null, fields };
  return object('sklearn.tree._classes', 'DecisionTreeRegressor', {
    n_features_in_: 2n,
    n_outputs_: 1n,
    splitter: 'best',
    tree_: object('sklearn.tree._tree', 'Tree', { max_depth: 2n, node_count: 5n, nodes, values }),
  });
}

const refused = (saved: Saved, words: RegExp) =>
  assert.throws(() => readEstimator(saved), { code: 'MODEL_MALFORMED', message: words });

describe('a tree that Python saved', () => {
  test('is read', () => {
    const tree = readEstimator(regressor()) as unknown as { tree_: { children_left: Int32Array }; allow_nan: boolean };
    assert.deepEqual([...tree.tree_.children_left], NODES.left_child);
    assert.equal(tree.allow_nan, true);
  });

  test('is refused if a child is its own ancestor, is not there, or has two parents', () => {
    refused(regressor({ right_child: [2, -1, 0, -1, -1] }), /the child 0 of node 2/);
    refused(regressor({ left_child: [0, -1, 3, -1, -1] }), /the child 0 of node 0/);
    refused(regressor({ left_child: [1, -1, 9, -1, -1] }), /the child 9 of node 2/);
    refused(regressor({ left_child: [1.5, -1, 3, -1, -1] }), /the child 1.5 of node 0/);
    refused(regressor({ right_child: [2, -1, 3, -1, -1] }), /two parents of node 3/);
    refused(regressor({ left_child: [-5, -1, 3, -1, -1] }), /the child -5 of node 0/);
  });

  test('is refused if it looks at a column that the data does not have, or compares with what is not a number', () => {
    refused(regressor({ feature: [2, -2, 1, -2, -2] }), /features below 2/);
    refused(regressor({ feature: [-1, -2, 1, -2, -2] }), /features below 2/);
    refused(regressor({ threshold: [Number.NaN, -2, 1.5, -2, -2] }), /a NaN at node 0/);
  });

  test('is refused if its fields are of different lengths, or its values are not those of its nodes', () => {
    refused(regressor({ threshold: [0.5, -2] }), /5 numbers/);
    refused(regressor({}, array([0, 1, 0, 2], [4, 1, 1])), /the shape \(5, 1, 1\)/);
    refused(regressor({}, array([0, 1, 0, 2, 3, 0, 1, 0, 2, 3], [5, 1, 2])), /the shape \(5, 1, 1\)/);
  });
});
