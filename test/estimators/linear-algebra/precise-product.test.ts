// A product keeps what a plain sum loses when large terms cancel.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preciseProduct } from '../../../src/estimators/linear-algebra/precise-product.js';

test('terms that cancel leave what is exact', () => {
  const made = new Float64Array(3);
  preciseProduct(Float64Array.of(1e17, 1, -1e17, 0.1), Float64Array.of(1, 3, 1, 1, 1, 3, 0, 10), 2, made, 1);
  assert.deepEqual(made, Float64Array.of(0, 1, 2));
});

test('infinite and very large terms stay what they are', () => {
  const made = new Float64Array(1);
  preciseProduct(Float64Array.of(1e305, 1), Float64Array.of(1e3, 1), 1, made, 0);
  assert.equal(made[0], 1e308);
  preciseProduct(Float64Array.of(1e305, 1), Float64Array.of(1e9, 1), 1, made, 0);
  assert.equal(made[0], Number.POSITIVE_INFINITY);
});
