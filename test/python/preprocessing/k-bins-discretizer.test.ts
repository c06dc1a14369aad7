// Before scikit-learn 1.1 a number right below an edge lay above it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameOfMatrix } from '../../../src/estimators/frame-of-matrix.js';
import { PARTS } from '../../../src/estimators/parts.js';
import { readEstimator } from '../../../src/python/read-estimator.js';
import type { Saved, SavedArray } from '../../../src/python/saved.js';

const edges: SavedArray = {
  type: 'array',
  dtype: { kind: 'f', size: 8 },
  shape: [4],
  values: Float64Array.of(-3, -1, 1, 3),
  fields: null,
};

function binsOf(version: string): number[] {
  const attributes: Readonly<Record<string, Saved>> = {
    n_features_in_: 1n,
    bin_edges_: { type: 'list', items: [edges] },
    encode: 'ordinal',
    dtype: null,
    _sklearn_version: version,
  };
  const part = readEstimator({
    type: 'object',
    module: 'sklearn.preprocessing._discretization',
    name: 'KBinsDiscretizer',
    args: [],
    state: { type: 'dict', entries: Object.entries(attributes) },
  });
  const rows = Float64Array.of(-1.000005, -1.00002, 0.999995, 0.99998, 1, 5);
  return Array.from(PARTS.transform(part, frameOfMatrix(6, 1, rows)).dense!.values);
}

// what scikit-learn 1.0.2 and 1.1.3 answer
test('the version decides', () => {
  assert.deepEqual(binsOf('1.0.2'), [1, 0, 2, 1, 2, 2]);
  assert.deepEqual(binsOf('1.1.3'), [0, 0, 1, 1, 2, 2]);
});
