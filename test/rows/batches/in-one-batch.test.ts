// Batches that become one: rows, kept cells and rejects in order; what would not fit, or has other columns, is refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inOneBatch } from '../../../src/rows/batches/in-one-batch.js';
import type { RowBatches } from '../../../src/rows/batches/whole-batches.js';
import type { CastBatch } from '../../../src/schema/cast-types.js';

function batch(firstRow: number, values: number[], names = ['a']): CastBatch {
  return {
    firstRow,
    rowsRead: values.length + 1,
    table: {
      rows: values.length,
      columns: names.map((name) => ({ name, type: 'double', values: Float64Array.from(values) })),
    },
    kept: [{ name: 'id', values: values.map((value) => `${value}`) }],
    rejected: [{ row: firstRow + values.length, reasons: ['bad'], original: 'x' }],
  };
}

const source = (batches: () => Iterable<CastBatch>) =>
  ({
    batches: (async function* () {
      yield* batches();
    })(),
    fatal: () => false,
  }) as unknown as RowBatches;

async function read(batches: () => Iterable<CastBatch>): Promise<CastBatch[]> {
  const found: CastBatch[] = [];
  for await (const one of inOneBatch(source(batches), 'NMF').batches) found.push(one);
  return found;
}

test('all rows are one batch', async () => {
  const [one, ...more] = await read(() => [batch(0, [1, 2]), batch(3, []), batch(4, [3])]);
  assert.equal(more.length, 0);
  assert.deepEqual(one, {
    firstRow: 0,
    rowsRead: 6,
    table: { rows: 3, columns: [{ name: 'a', type: 'double', values: Float64Array.of(1, 2, 3) }] },
    kept: [{ name: 'id', values: ['1', '2', '3'] }],
    rejected: [2, 3, 5].map((row) => ({ row, reasons: ['bad'], original: 'x' })),
  });
  assert.deepEqual(await read(() => []), []);
});

test('an input without end is refused before it is all in memory', async () => {
  const values = Array.from({ length: 100_000 }, (_, i) => i);
  let count = 0;
  const endless = function* () {
    const one = batch(0, values);
    for (;;) {
      count++;
      yield one;
    }
  };
  await assert.rejects(read(endless), {
    code: 'DATA_INVALID',
    message:
      'NMF answers a row by all rows that come with it, so they are read at once: the input has more than 20000000 values',
  });
  assert.equal(count, 201);
});

test('rows that leave out columns that others have are refused', async () => {
  await assert.rejects(
    read(() => [batch(0, [1], ['a', 'b']), batch(2, [2])]),
    {
      code: 'DATA_INVALID',
      message: /some of the rows leave out a column that others have/,
    },
  );
});
