// Tables cut into batches and put together again are the same table.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { concatTables } from '../../src/data/concat-tables.js';
import type { Table } from '../../src/data/table.js';
import { takeRows } from '../../src/data/take-rows.js';

const TABLE: Table = {
  rows: 5,
  columns: [
    {
      name: 'd',
      type: 'double',
      values: Float64Array.of(1.5, Number.NaN, -0, 4, 5),
      nulls: Uint8Array.of(0, 1, 0, 0, 0),
    },
    { name: 'l', type: 'long', values: BigInt64Array.of(1n, 2n, 9007199254740993n, 4n, 5n) },
    { name: 'i', type: 'integer', values: Int32Array.of(1, 2, 3, 4, 5) },
    { name: 'b', type: 'boolean', values: Uint8Array.of(1, 0, 1, 0, 1) },
    { name: 's', type: 'string', values: ['x', '', 'é', 'a,b', ''], nulls: Uint8Array.of(0, 0, 0, 0, 1) },
    { name: 'x', type: 'binary', values: [1, 2, 3, 4, 5].map((byte) => Uint8Array.of(byte)) },
    { name: 'o', type: 'object', values: [[1, [2]], null, { a: 1 }, [], 'text'] },
  ],
};

test('batches in their order are the table they were cut from', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 6 }), (cuts) => {
      const ends = [0, ...cuts, 5].sort((a, b) => a - b);
      const batches = ends.slice(1).map((end, i) => {
        const start = ends[i] as number;
        const part = takeRows(
          TABLE,
          Int32Array.from({ length: end - start }, (_, row) => start + row),
        );
        // A caster keeps no marks for a batch in which nothing is missing.
        const columns = part.columns.map((column) => {
          if (column.nulls?.includes(1)) return column;
          const { nulls: _, ...rest } = column;
          return rest as typeof column;
        });
        return { ...part, columns };
      });
      assert.deepEqual(concatTables(batches), TABLE);
    }),
  );
  assert.deepEqual(concatTables([]), { rows: 0, columns: [] });
});
