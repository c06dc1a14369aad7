// What counts as the same answer: labels exactly, numbers with their distance, and rows that only one of the two refuses.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../../src/data/table.js';
import { MlctlError } from '../../../src/errors/error.js';
import { randomRows } from '../../../src/packaging/conversion/random-rows.js';
import { verifyConversion } from '../../../src/packaging/conversion/verify-conversion.js';

const rows: Table = { rows: 6, columns: [{ name: 'x', type: 'double', values: Float64Array.of(0, 1, 2, 3, 4, 5) }] };

/** Refuses the rows of which `refuses` says so, and answers `answer` to the others. */
const model = (answer: (x: number) => number, refuses: (x: number) => boolean = () => false) => ({
  predict: async ({ rows: count, columns }: Table): Promise<Table> => {
    const values = columns[0]!.values as Float64Array;
    if (values.some(refuses)) throw new MlctlError('MODEL_FAILED', 'a row is refused');
    return { rows: count, columns: [{ name: 'y', type: 'double', values: values.map(answer) }] };
  },
});
const labels = (label: (x: number) => bigint) => ({
  predict: async ({ rows: count, columns }: Table): Promise<Table> => {
    const values = BigInt64Array.from(columns[0]!.values as Float64Array, label);
    return { rows: count, columns: [{ name: 'y', type: 'long', values }] };
  },
});

test('the largest distance is relative above 1 and absolute below', async () => {
  const near = await verifyConversion(
    model((x) => x),
    model((x) => x + 1e-3),
    rows,
  );
  assert.deepEqual([near.rows, near.labels_differ, near.refused_by_one], [6, 0, 0]);
  assert.ok(Math.abs(near.largest_difference - 1e-3) < 1e-5, `${near.largest_difference}`);
  const far = await verifyConversion(
    model((x) => x * 1000),
    model((x) => x * 1001),
    rows,
  );
  assert.ok(Math.abs(far.largest_difference - 1 / 1001) < 1e-12, `${far.largest_difference}`);
});

test('labels are the same or not; NaN is the same as NaN only', async () => {
  const differ = await verifyConversion(
    labels((x) => BigInt(x)),
    labels((x) => BigInt(Math.min(x, 3))),
    rows,
  );
  assert.deepEqual([differ.labels_differ, differ.largest_difference], [2, 0]);
  const nan = await verifyConversion(
    model((x) => (x > 3 ? Number.NaN : x)),
    model((x) => (x > 4 ? Number.NaN : x)),
    rows,
  );
  assert.equal(nan.labels_differ, 1);
});

test('a row that both refuse is no fault, one that a single one refuses is', async () => {
  const odd = (x: number) => x % 2 === 1;
  const both = await verifyConversion(model(Number, odd), model(Number, odd), rows);
  assert.deepEqual([both.rows, both.refused, both.refused_by_one], [3, 3, 0]);
  const laxer = await verifyConversion(model(Number, odd), model(Number), rows);
  assert.deepEqual([laxer.rows, laxer.refused, laxer.refused_by_one], [3, 0, 3]);
  const stricter = await verifyConversion(model(Number), model(Number, odd), rows);
  assert.deepEqual([stricter.rows, stricter.refused, stricter.refused_by_one], [3, 0, 3]);
});

test('random rows are the same each time, stand on the edges, and have gaps', () => {
  const example: Table = {
    rows: 2,
    columns: [
      { name: 'x', type: 'double', values: Float64Array.of(1, 2) },
      { name: 'town', type: 'string', values: ['Ulm', 'Bonn'] },
      { name: 'n', type: 'long', values: BigInt64Array.of(5n, 7n) },
    ],
  };
  const edges = { numbers: new Map([[0, [3.25]]]), texts: ['Köln'] };
  const made = randomRows(example, 500, edges, new Set(['town']));
  assert.deepEqual(made, randomRows(example, 500, edges, new Set(['town'])));
  const [x, town, n] = made.columns;
  const numbers = x!.values as Float64Array;
  for (const value of [3.25, 3.25 + 2 ** -51, 3.25 - 2 ** -51]) assert.ok(numbers.includes(value), `${value}`);
  assert.ok(numbers.some(Number.isNaN));
  assert.ok(town!.nulls?.includes(1));
  assert.ok((town!.values as string[]).includes('Köln') && (town!.values as string[]).includes('Ulm?'));
  assert.equal(n!.nulls, undefined);
});
