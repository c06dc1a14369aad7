// Two plain values, part by part.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareParts } from '../../src/comparison/compare-parts.js';

const found = (a: unknown, b: unknown) =>
  compareParts(a, b).changes.map(({ name, a, b, numbers }) => [name, a, b, numbers && Object.values(numbers)]);

test('equal values of any kind have no differences', () => {
  const value = () => ({
    kind: 'Ridge',
    coef_: Float64Array.of(1, Number.NaN, -0),
    classes_: [1n, 2n],
    inside: [{ kind: 'Part', none: null }],
    text: ['a', 'b'],
  });
  assert.deepEqual(compareParts(value(), value()), { changes: [], total: 0 });
});

test('lists of numbers: how many differ, and by how much', () => {
  assert.deepEqual(found({ w: Float64Array.of(1, 2, 3) }, { w: Float64Array.of(1, 2.5, 2) }), [
    ['w', '[1, 2, 3]', '[1, 2.5, 2]', [2, 3, 1]],
  ]);
  assert.deepEqual(found([1n, 2n], [1n, 7n]), [['the whole model', '[1, 2]', '[1, 7]', [1, 2, 5]]]);
  assert.deepEqual(found([1, Number.NaN], [1, 2]), [['the whole model', '[1, NaN]', '[1, 2]', [1, 2, null]]]);
  assert.deepEqual(found({ w: [1, 2, 3, 4] }, { w: [1] }), [['w', '[1, 2, 3, …] (4 numbers)', '[1]', null]]);
  // The sign of zero is a difference: it decides at a threshold of a tree.
  assert.deepEqual(found(Float64Array.of(0), Float64Array.of(-0)), []);
});

test('records and lists: the path to what differs, what only one side has, and other kinds', () => {
  assert.deepEqual(
    found(
      {
        steps: [
          { kind: 'StandardScaler', mean_: [0.5] },
          { kind: 'Ridge', alpha: 1 },
        ],
        only: 'a',
      },
      {
        steps: [
          { kind: 'StandardScaler', mean_: [0.25] },
          { kind: 'Lasso', alpha: 1 },
        ],
        other: { x: 1 },
      },
    ),
    [
      ['steps[0].mean_', '[0.5]', '[0.25]', [1, 1, 0.25]],
      ['steps[1].kind', 'Ridge', 'Lasso', null],
      ['only', 'a', null, null],
      ['other', null, '1 parts', null],
    ],
  );
  assert.deepEqual(found({ part: [{}, {}] }, { part: [{}] }), [['part', '2 items', '1 items', null]]);
  assert.deepEqual(found({ part: { kind: 'Ridge' } }, { part: 'Ridge' }), [['part', 'Ridge', 'Ridge', null]]);
});

test('names of any kind are plain names, and what they say is safe to print', () => {
  const parts = JSON.parse('{"__proto__": 1, "constructor": 2, "\\u001b[31m": 3}') as unknown;
  const names = compareParts(parts, {}).changes.map(({ name }) => name);
  assert.equal(names.length, 3);
  assert.ok(!names.join('').includes('\u001b'));
  assert.deepEqual(names.slice(0, 2), ['__proto__', 'constructor']);
});

test('more differences than are listed are counted', () => {
  const many = (value: number) => Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`p${at}`, `${value}`]));
  const { changes, total } = compareParts(many(1), many(2));
  assert.deepEqual([changes.length, total], [200, 500]);
});

test('values that nest deeper than any model end', () => {
  const nested = (leaf: number): unknown => {
    let value: unknown = leaf;
    for (let depth = 0; depth < 5000; depth++) value = { inside: value };
    return value;
  };
  assert.equal(compareParts(nested(1), nested(2)).total, 1);
});
