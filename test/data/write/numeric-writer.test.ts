// Many rows are written by two threads as one writes them.
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import type { Table } from '../../../src/data/table.js';
import { numericPlan, rowTexts } from '../../../src/data/write/numeric-plan.js';
import { numericWriter } from '../../../src/data/write/numeric-writer.js';
import { RowBytes } from '../../../src/data/write/row-bytes.js';
import { writeNumericRows } from '../../../src/data/write/write-numeric-rows.js';

function tableOf(rows: number, seed: number): Table {
  const number = (row: number): number => Math.sin(row + seed) * 10 ** ((row % 30) - 15);
  const words = [Number.NaN, Number.POSITIVE_INFINITY, -0, 0, 5e-324];
  return {
    rows,
    columns: [
      {
        name: 'd',
        type: 'double',
        values: Float64Array.from({ length: rows }, (_, row) => words[row % 97] ?? number(row)),
      },
      { name: 'i', type: 'integer', values: Int32Array.from({ length: rows }, (_, row) => number(row) * 1e6) },
      {
        name: 'l',
        type: 'long',
        values: BigInt64Array.from({ length: rows }, (_, row) => BigInt(Math.round(number(row) * 1e8))),
      },
    ],
  };
}

const buffers = (...texts: string[]): Buffer[] => texts.map((text) => Buffer.from(text));
const PREFIXES = { csv: buffers('', ',', ','), json: buffers('{"d": ', ', "i": ', ', "longer": ') };

for (const form of ['csv', 'json'] as const) {
  test(`batches of any size, as ${form}`, () => {
    const plain = new RowBytes();
    const out = new RowBytes();
    const writer = numericWriter(out);
    const given: Buffer[] = [];
    let behind = false;
    for (const rows of [10, 40_000, 16_384, 16_384, 1, 1023, 1024, 1025, 16_384, 0, 300_000, 16_384]) {
      const plan = numericPlan(tableOf(rows, rows), rowTexts(PREFIXES[form], '}\n'), form === 'json')!;
      writeNumericRows(plan, plain);
      writer.write(plan);
      behind ||= given.reduce((sum, { length }) => sum + length, out.at) < plain.at;
      given.push(Buffer.from(out.take()));
    }
    writer.finish();
    given.push(out.take());
    assert.ok(Buffer.concat(given).equals(plain.bytes.subarray(0, plain.at)));
    const lines = Buffer.concat(given).toString('latin1').trimEnd().split('\n');
    assert.match(lines[10]!, form === 'csv' ? /^NaN,/ : /^\{"d": "NaN", /);
    assert.equal(behind, availableParallelism() > 1, 'rows of another thread come later');
  });
}
