// Rows that stream take memory by the batch, however long one of them is and however many columns the signature has.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { USUAL_DIALECT } from '../../src/data/csv/dialect.js';
import { csvBatches } from '../../src/rows/batches/csv-batches.js';
import { ndjsonBatches } from '../../src/rows/batches/ndjson-batches.js';
import type { RowBatches, RowSource } from '../../src/rows/batches/whole-batches.js';
import { Beside } from '../../src/schema/beside.js';
import type { ColumnSpec, Signature } from '../../src/schema/types.js';

const text = (name: string): ColumnSpec => ({ name, type: { kind: 'scalar', scalar: 'string' }, required: false });
const signature = (count: number): Signature => ({
  inputs: { kind: 'columns', columns: Array.from({ length: count }, (_, i) => text(`c${i}`)) },
  outputs: null,
  params: null,
});

const sourceOf = (make: () => Generator<Buffer>): RowSource => ({
  path: '-',
  stdin: Readable.from(make(), { objectMode: false }),
  signal: new AbortController().signal,
  dialect: USUAL_DIALECT,
  beside: new Beside(),
});

/** The most rows of a batch, and how many rows there were; memory is read at each batch. */
async function walk({ batches }: RowBatches): Promise<{ most: number; rows: number; memory: number }> {
  const before = process.memoryUsage.rss();
  let [most, rows, memory] = [0, 0, 0];
  for await (const batch of batches) {
    most = Math.max(most, batch.rowsRead);
    rows += batch.rowsRead;
    memory = Math.max(memory, process.memoryUsage.rss() - before);
  }
  return { most, rows, memory };
}

const LONG = 'x'.repeat(1_000_000);

test('NDJSON: three hundred lines of a megabyte', async () => {
  const line = Buffer.from(`{"c0":"${LONG}"}\n`);
  const { most, rows, memory } = await walk(
    ndjsonBatches(
      sourceOf(function* () {
        for (let i = 0; i < 300; i++) yield line;
      }),
      signature(1),
    ),
  );
  assert.equal(rows, 300);
  assert.ok(most <= 5, `${most} rows at a time`);
  assert.ok(memory < 200e6, `${memory} bytes`);
});

test('CSV: three hundred records of a megabyte', async () => {
  const { most, rows, memory } = await walk(
    csvBatches(
      sourceOf(function* () {
        yield Buffer.from('c0\n');
        for (let i = 0; i < 300; i++) yield Buffer.from(`${LONG}\n`);
      }),
      signature(1),
    ),
  );
  assert.equal(rows, 300);
  assert.ok(most <= 5, `${most} rows at a time`);
  assert.ok(memory < 200e6, `${memory} bytes`);
});

test('short rows for thousands of columns', async () => {
  const { most, rows } = await walk(
    ndjsonBatches(
      sourceOf(function* () {
        for (let i = 0; i < 2000; i++) yield Buffer.from(`{"c${i}":"x"}\n`);
      }),
      signature(8000),
    ),
  );
  assert.equal(rows, 2000);
  assert.ok(most <= 500, `${most} rows at a time`);
});
