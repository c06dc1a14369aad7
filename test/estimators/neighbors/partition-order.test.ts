// The order of several points at one distance is that of numpy's argpartition (recorded with numpy 2.4 on a processor with AVX-512).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionOrder } from '../../../src/estimators/neighbors/partition-order.js';

const RECORDED: readonly (readonly [distances: string, first: readonly number[]])[] = [
  ['322110000', [5, 6, 7]],
  ['3232232222313', [1, 3, 6, 7, 11]],
  ['201320323003020111100002221231', [1, 5, 9, 10]],
  ['1333123232213022321111230321221122213113102200131310330021203133203021', [13, 24, 41, 51, 54, 59]],
  [
    '30302231323033012022331113010132132301331112030112223300023323300303331023131301103303311221032032022032100302331013202101330231100300003132323302111113322321020203303103302331330001001221322330031011',
    [1, 3, 11, 14, 26],
  ],
];

test('the first of an order are those that numpy takes', () => {
  for (const [distances, first] of RECORDED) {
    const order = partitionOrder(Float64Array.from(distances, Number));
    assert.deepEqual(
      Array.from(order.slice(0, first.length)).sort((a, b) => a - b),
      first,
    );
  }
});

test('an order is sorted and has every place once', () => {
  for (const count of [1, 2, 7, 64, 100, 256, 257, 600]) {
    const distances = Float64Array.from({ length: count }, (_, i) => (i * 7919) % 13);
    const order = partitionOrder(distances);
    assert.equal(new Set(order).size, count);
    assert.ok(order.every((at, i) => i === 0 || distances[order[i - 1]!]! <= distances[at]!));
  }
});

test('missing distances stand last', () => {
  assert.deepEqual(partitionOrder(Float64Array.of(Number.NaN, 2, 1, 2)), Int32Array.of(2, 1, 3, 0));
});
