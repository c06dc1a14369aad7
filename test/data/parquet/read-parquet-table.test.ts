// Parquet files of pandas as training tables: the same columns, types and gaps as the CSV of the same frame.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { readParquetTable } from '../../../src/data/parquet/read-parquet-table.js';
import { readCsvTable } from '../../../src/data/read-csv-table.js';
import { cliJson, runCli } from '../../support/cli.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const WRITES = `
import numpy as np, pandas as pd, datetime
n = 60
frame = pd.DataFrame({
  "size": [None if i % 7 == 3 else 20.5 + (i * 37) % 90 for i in range(n)],
  "rooms": np.arange(n, dtype="int64") % 5 + 1,
  "floor": np.arange(n, dtype="int32") % 9,
  "city": [["Ulm", "Köln", "Bonn"][i % 3] for i in range(n)],
  "lift": [i % 2 == 0 for i in range(n)],
  "kind": ["flat" if i % 3 == 0 or i % 5 == 4 else "house" for i in range(n)],
})
frame.to_csv("towns.csv", index=False)
frame.to_parquet("towns.parquet", index=False, row_group_size=17)
frame.assign(when=pd.Timestamp("2026-01-01")).to_parquet("dated.parquet", index=False)
`;

test('a Parquet file trains the same model as its CSV', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const cwd = scratch();
  const wrote = runPython(found.python, WRITES, [], { cwd });
  assert.equal(wrote.status, 0, wrote.stderr);
  const csv = await readCsvTable(readFileSync(join(cwd, 'towns.csv')), { name: 'towns.csv' });
  const parquet = await readParquetTable(readFileSync(join(cwd, 'towns.parquet')), { name: 'towns.parquet' });
  assert.deepEqual([parquet.rows, parquet.columns], [csv.rows, csv.columns]);

  const recipe = [
    '--set',
    'pipeline=[{simple_imputer: {columns: [size]}}, {one_hot_encoder: {columns: [city, lift]}}, logistic_regression]',
  ];
  const train = (file: string) =>
    cliJson<{ digest: { payload: string }; metrics: unknown }>(
      ['train', '--data', file, '--target', 'kind', '--dry-run', ...recipe],
      { cwd },
    );
  const [one, other] = [train('towns.csv'), train('towns.parquet')];
  assert.equal(one.digest.payload, other.digest.payload);
  assert.deepEqual(one.metrics, other.metrics);

  const dated = runCli(['train', '--data', 'dated.parquet', '--target', 'kind'], { cwd });
  assert.equal(dated.code, 5);
  assert.match(dated.stderr, /column "when" holds datetime64\[us\] values/);
});

test('others get a turn while a file is read, and may end the reading', async () => {
  const rows = 400_000;
  const columnData = Array.from({ length: 5 }, (_, column) => ({
    name: `c${column}`,
    data: Array.from({ length: rows }, (_, row) => (column < 4 ? (row * 37) % 41 : `word ${row % 7}`)),
    type: column < 4 ? ('DOUBLE' as const) : ('STRING' as const),
  }));
  const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: rows }));
  const shares: number[] = [];
  let turns = 0;
  const count = () => {
    turns++;
    again = setImmediate(count);
  };
  let again = setImmediate(count);
  const onPart = async (share: number) => {
    shares.push(share);
  };
  const { columns } = await readParquetTable(bytes, { name: 'f', drop: ['c1'], onPart });
  clearImmediate(again);
  assert.deepEqual(shares, [0.5, 1]);
  assert.ok(turns >= 2, `${turns} turns`);
  assert.deepEqual(
    columns.map(({ name, values }) => [name, values.length, values[6]]),
    [
      ['c0', rows, 17],
      ['c2', rows, 17],
      ['c3', rows, 17],
      ['c4', rows, 'word 6'],
    ],
  );
  const stop = new Error('enough');
  await assert.rejects(
    readParquetTable(bytes, {
      name: 'f',
      onPart: async () => {
        throw stop;
      },
    }),
    stop,
  );
});
