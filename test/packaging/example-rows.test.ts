import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from '../../src/data/table.js';
import { exampleRows } from '../../src/packaging/example-rows.js';

const longs = (name: string, values: number[]): Column => ({
  name,
  type: 'long',
  values: BigInt64Array.from(values, BigInt),
});
/** Rows that are held out have the labels; those to train on follow them in the data. */
const chosen = (
  labels: number[],
  answers: number[],
  role: 'classifier' | 'regressor' = 'classifier',
  trainLabels: number[] = labels,
) => {
  const all = [...labels, ...trainLabels];
  const x = (values: number[]): Column => ({ name: 'x', type: 'double', values: Float64Array.from(values) });
  const rows = labels.length;
  const places = all.map((_, row) => row);
  const example = exampleRows({
    target:
      role === 'regressor'
        ? { role, values: Float64Array.from(all) }
        : { role, classes: { type: 'long', values: [...new Set(all)].map(BigInt) }, codes: Int32Array.from(all) },
    inputTable: { rows: all.length, columns: [x(places)] },
    split: { test: Int32Array.from(places.slice(0, rows)), train: Int32Array.from(places.slice(rows)) },
    testInputs: { rows, columns: [x(places.slice(0, rows))] },
    testTarget: longs('y', labels),
    testAnswer: { rows, columns: [longs('label', answers)] },
  });
  return Array.from(example.columns[0]!.values);
};

test('the first ten rows, and the first row of every class, in the order of the data', () => {
  assert.deepEqual(chosen([0, 0, 0], [0, 0, 0]), [0, 1, 2]);
  const labels = [...new Array(20).fill(0), 1, 0, 2];
  assert.deepEqual(chosen(labels, labels), [0, 1, 2, 3, 4, 5, 6, 7, 20, 22]);
  // A class that is only ever answered is in it as well.
  assert.deepEqual(
    chosen(
      labels,
      labels.map((label, row) => (row === 15 ? 3 : label)),
    ),
    [0, 1, 2, 3, 4, 5, 6, 15, 20, 22],
  );
});

test('with many classes there are more rows, up to a limit; numbers are not classes', () => {
  const many = Array.from({ length: 500 }, (_, row) => row);
  assert.equal(chosen(many.slice(0, 30), many.slice(0, 30)).length, 30);
  assert.equal(chosen(many, many).length, 100);
  assert.equal(chosen(many, many, 'regressor').length, 10);
});

test('a class that no test row has is there by a training row', () => {
  const labels = new Array(12).fill(0);
  assert.deepEqual(chosen(labels, labels, 'classifier', [0, 1, 1, 0, 2]), [0, 1, 2, 3, 4, 5, 6, 7, 13, 16]);
  assert.deepEqual(chosen([0, 1], [0, 1], 'classifier', [2, 3]), [0, 1, 2, 3]);
  const many = Array.from({ length: 150 }, (_, row) => row);
  assert.equal(chosen(many.slice(0, 50), many.slice(0, 50), 'classifier', many.slice(50)).length, 100);
});
