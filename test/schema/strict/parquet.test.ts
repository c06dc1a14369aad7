// Parquet files written by pandas: typed columns of every type, and the same verdicts as the other forms give.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { test } from 'node:test';
import { validate } from '../../../src/operations/validate.js';
import { givenRows } from '../../../src/rows/given-rows.js';
import { openRows } from '../../../src/rows/open-rows.js';
import type { ColumnSpec, ScalarName, Signature } from '../../../src/schema/types.js';
import type { World } from '../../../src/world.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const PROGRAM = `
import datetime, decimal, sys
import pandas as pd, pyarrow as pa, pyarrow.parquet as pq
folder = sys.argv[1]
n = 40_000
whole = pd.DataFrame({
  'd': [i / 3 for i in range(n)], 'l': [2**53 + 1 + i for i in range(n)],
  's': [None if i % 7 == 0 else f'é{i}' for i in range(n)], 'b': [i % 2 == 0 for i in range(n)],
  't': pd.to_datetime(['2024-01-31T12:00:00.123456789'] * n),
})
whole['i'] = whole['l'].mod(1000).astype('int32'); whole['f'] = whole['d'].astype('float32')
whole['x'] = [bytes([i % 256]) for i in range(n)]
for codec in ['snappy', 'gzip', 'zstd', 'brotli', 'none']:
  whole.to_parquet(f'{folder}/good-{codec}.parquet', compression=None if codec == 'none' else codec, row_group_size=15_000)
def one(name, column, arrow=None):
  pq.write_table(pa.table({'a': pa.array(column, arrow)}), f'{folder}/{name}.parquet')
one('int', [1, 2], pa.int64())
one('int-wide', [2**31, 2**24 + 1, 2**53 + 1], pa.int64())
one('uint-wide', [1, 2**63], pa.uint64())
one('decimal', [decimal.Decimal('1.50')])
one('null', [1.5, None], pa.float64())
one('nan', [1.5, float('nan')], pa.float64())
one('text', ['1.5'], pa.string())
one('zone', [datetime.datetime(2024, 1, 1)], pa.timestamp('us', 'UTC'))
one('far', [datetime.datetime(9999, 1, 1)], pa.timestamp('us'))
one('empty', [], pa.float64())
one('list', [[1.5, 2.0], []], pa.list_(pa.float64()))
doubles = {'plain': [i / 3 for i in range(n)], 'few': [(i * i % 300) / 2 for i in range(n)], 'same': [7.5] * n,
  'gaps': [None if i % 1000 == 999 else i / 7 for i in range(n)]}
for number, options in enumerate([{}, {'data_page_version': '2.0'}, {'data_page_size': 999, 'compression': 'zstd'},
    {'use_dictionary': False, 'row_group_size': 7777}, {'compression': 'none', 'data_page_version': '2.0', 'data_page_size': 5000}]):
  for required in [False, True]:
    schema = pa.schema([pa.field(k, pa.float64(), nullable=not required or k == 'gaps') for k in doubles])
    pq.write_table(pa.table(doubles, schema=schema), f'{folder}/doubles-{number}-{required}.parquet', **options)
`;

const scalar = (name: string, type: ScalarName, required = true): ColumnSpec => ({
  name,
  type: { kind: 'scalar', scalar: type },
  required,
});
const signatureOf = (...columns: ColumnSpec[]): Signature => ({
  inputs: { kind: 'columns', columns },
  outputs: null,
  params: null,
});

test('pandas files in every compression, and what is refused', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const made = runPython(found.python, PROGRAM, [folder]);
  assert.equal(made.status, 0, made.stderr);
  const world: World = {
    env: {},
    cwd: folder,
    now: () => 0,
    signal: new AbortController().signal,
    note: () => {},
    warn: () => {},
  };
  const whole = signatureOf(
    scalar('d', 'double'),
    scalar('l', 'long'),
    scalar('s', 'string', false),
    scalar('b', 'boolean'),
    scalar('t', 'datetime'),
    scalar('i', 'integer'),
    scalar('f', 'float'),
    scalar('x', 'binary'),
    scalar('absent', 'double', false),
  ); // prettier-ignore
  for (const codec of ['snappy', 'gzip', 'zstd', 'brotli', 'none']) {
    const rows = await openRows(world, givenRows({ input: `good-${codec}.parquet` }), whole, Readable.from([]));
    let seen = 0;
    for await (const { table, firstRow } of rows.batches) {
      assert.equal(firstRow, seen);
      assert.deepEqual(
        table.columns.map(({ name }) => name),
        ['d', 'l', 's', 'b', 't', 'i', 'f', 'x'],
      ); // prettier-ignore
      const [d, l, s, b, time, i, f, x] = table.columns;
      const row = seen + 11;
      assert.equal(d!.values[11], row / 3);
      assert.equal(l!.values[11], 2n ** 53n + 1n + BigInt(row));
      assert.equal(s!.values[11], row % 7 === 0 ? '' : `é${row}`);
      assert.equal(s!.nulls?.[11] ?? 0, row % 7 === 0 ? 1 : 0);
      assert.equal(b!.values[11], row % 2 === 0 ? 1 : 0);
      assert.equal(time!.values[11], 1706702400123456789n);
      assert.equal(i!.values[11], Number((2n ** 53n + 1n + BigInt(row)) % 1000n));
      assert.equal(f!.values[11], Math.fround(row / 3));
      assert.deepEqual([...(x!.values[11] as Uint8Array)], [row % 256]);
      seen += table.rows;
    }
    assert.equal(seen, 40_000);
    assert.equal(rows.findings.total, 0);
  }
  // Doubles have a way of their own; a column with gaps falls back to the general one.
  const doubles = signatureOf(
    scalar('plain', 'double'),
    scalar('few', 'double'),
    scalar('same', 'double'),
    scalar('gaps', 'double', false),
  );
  for (const file of Array.from({ length: 5 }, (_, i) => [`doubles-${i}-False`, `doubles-${i}-True`]).flat()) {
    const rows = await openRows(world, givenRows({ input: `${file}.parquet` }), doubles, Readable.from([]));
    let row = 0;
    for await (const { table } of rows.batches) {
      const [plain, few, same, gaps] = table.columns;
      for (let i = 0; i < table.rows; i++, row++) {
        const wanted = [row / 3, ((row * row) % 300) / 2, 7.5, row % 1000 === 999 ? Number.NaN : row / 7];
        const read = [plain!.values[i], few!.values[i], same!.values[i], gaps!.values[i]];
        if (wanted.some((value, c) => !Object.is(value, read[c]))) assert.deepEqual(read, wanted, `${file} row ${row}`);
      }
    }
    assert.equal(row, 40_000, file);
    assert.deepEqual(rows.findings.kept, []);
  }
  const streams = { stdin: Readable.from([]), stdout: new Writable() };
  const first = async (name: string, type: object, required = true): Promise<string> => {
    writeFileSync(join(folder, 's.json'), JSON.stringify({ inputs: [{ ...type, name: 'a', required }] }));
    const { findings } = await validate(world, { signature: 's.json', input: `${name}.parquet` }, streams);
    return findings[0] === undefined ? 'ok' : `${findings[0].code} ${findings[0].row ?? ''}`.trim();
  };
  for (const type of ['double', 'float', 'integer', 'long']) assert.equal(await first('int', { type }), 'ok', type);
  // The first that does not fit, as in CSV and JSON.
  assert.equal(await first('int-wide', { type: 'double' }), 'SCHEMA_LOSSY_CAST 2');
  assert.equal(await first('int-wide', { type: 'float' }), 'SCHEMA_LOSSY_CAST 1');
  assert.equal(await first('int-wide', { type: 'integer' }), 'SCHEMA_LOSSY_CAST 0');
  assert.equal(await first('uint-wide', { type: 'long' }), 'SCHEMA_LOSSY_CAST 1');
  assert.equal(await first('uint-wide', { type: 'double' }), 'ok');
  assert.equal(await first('decimal', { type: 'double' }), 'ok');
  assert.equal(await first('decimal', { type: 'long' }), 'SCHEMA_WRONG_TYPE');
  assert.equal(await first('null', { type: 'double' }), 'SCHEMA_NULL 1');
  assert.equal(await first('null', { type: 'double' }, false), 'ok');
  // pandas does not tell the two apart.
  assert.equal(await first('nan', { type: 'double' }, false), 'ok');
  assert.equal(await first('nan', { type: 'double' }), 'SCHEMA_NULL 1');
  assert.equal(await first('text', { type: 'double' }), 'SCHEMA_WRONG_TYPE');
  assert.equal(await first('zone', { type: 'datetime' }), 'SCHEMA_WRONG_TYPE');
  assert.equal(await first('far', { type: 'datetime' }), 'SCHEMA_BAD_DATETIME 0');
  assert.equal(await first('empty', { type: 'double' }), 'SCHEMA_NO_ROWS');
  assert.equal(await first('list', { type: 'array', items: { type: 'double' } }), 'ok');
  assert.equal(await first('list', { type: 'array', items: { type: 'string' } }), 'SCHEMA_WRONG_TYPE');
  writeFileSync(join(folder, 'not.parquet'), 'a,b\n1,2\n');
  await assert.rejects(first('not', { type: 'double' }), { code: 'DATA_INVALID' });
});
