// A Parquet file of many columns, row groups, levels or words is read in a time that grows with it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sourceOfBytes } from '../../../src/data/parquet/byte-source.js';
import { openParquet } from '../../../src/data/parquet/open-parquet.js';
import { readArrowTable } from '../../../src/data/parquet/read-arrow-table.js';
import { assertGrowsWithInput } from '../../support/growth.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const SIZES = [250, 500, 1000, 2000, 4000, 8000];
const PROGRAM = `
import sys, json
import pyarrow as pa, pyarrow.parquet as pq
folder = sys.argv[1]
for n in json.loads(sys.argv[2]):
  write = lambda name, table, **more: pq.write_table(table, f'{folder}/{name}-{n}.parquet', **more)
  write('columns', pa.table({f'c{i}': pa.array([i / 2, 1.5]) for i in range(n)}))
  write('texts', pa.table({f'c{i}': pa.array(['a', 'b']) for i in range(n)}))
  write('groups', pa.table({'a': pa.array([i / 3 for i in range(n)])}), row_group_size=1)
  write('words', pa.table({'a': pa.array([f'word {i}' for i in range(n)])}))
  write('fields', pa.table({'a': pa.array([{f'f{i}': 1.5 for i in range(n // 10)}])}))
  write('items', pa.table({'a': pa.array([[1.5] * n, []])}))
`;
const environment = pythonOf('mlflow');
const skip = 'skip' in environment ? environment.skip : false;

test('columns, row groups, words, fields and items', { skip }, async () => {
  const folder = scratch();
  if ('skip' in environment) return;
  runPython(environment.python, PROGRAM, [folder, JSON.stringify(SIZES)]);
  for (const what of ['columns', 'texts', 'groups', 'words', 'fields', 'items']) {
    const bytesOf = (n: number): Uint8Array => readFileSync(join(folder, `${what}-${Math.min(n, 8000)}.parquet`));
    // The largest file bounds the sizes: four times the first that takes long enough.
    for (const [name, read] of [
      ['strict', readGroups],
      ['mlflow', readTable],
    ] as const)
      await assertGrowsWithInput(`${what}, ${name}`, 250, (n) => {
        const bytes = bytesOf(n);
        return () => read(bytes);
      });
  }
});

async function readGroups(bytes: Uint8Array): Promise<void> {
  const file = await openParquet(sourceOfBytes(bytes), 'file');
  const names = file.columns.map(({ name }) => name);
  for (const group of file.groups) await group.read(names);
}

async function readTable(bytes: Uint8Array): Promise<void> {
  await readArrowTable(sourceOfBytes(bytes), 'file', { mostBytes: 2 ** 29, signal: new AbortController().signal });
}
