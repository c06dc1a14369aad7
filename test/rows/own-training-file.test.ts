// A model takes the data that it was trained on: the training file without target and dropped columns is valid in every format.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { castRows } from '../../src/rows/cast-rows.js';
import { givenRows } from '../../src/rows/given-rows.js';
import { openRows } from '../../src/rows/open-rows.js';
import { readTrainingData } from '../../src/rows/training-data.js';
import type { Signature } from '../../src/schema/types.js';
import { selectFeatures } from '../../src/training/select-features.js';
import { pythonOf, runPython } from '../support/python.js';
import { testWorld } from '../support/worlds.js';

const WRITES = `
import datetime as dt, decimal, json, numpy as np, pandas as pd, pyarrow as pa, pyarrow.parquet as pq
rng = np.random.default_rng(5)
n = 40
gaps = lambda values: [None if i % 7 == 3 else v for i, v in enumerate(values)]
KINDS = {
  'i8': lambda: pa.array(rng.integers(-100, 100, n), pa.int8()), 'i16': lambda: pa.array(rng.integers(-9999, 9999, n), pa.int16()), 'i32': lambda: pa.array(rng.integers(-99999, 99999, n), pa.int32()),
  'i64': lambda: pa.array(rng.integers(-2**62, 2**62, n)), 'i64_small': lambda: pa.array(rng.integers(-99, 99, n)), 'u8': lambda: pa.array(rng.integers(0, 255, n), pa.uint8()),
  'u32': lambda: pa.array(rng.integers(0, 2**32 - 1, n), pa.uint32()), 'u64': lambda: pa.array(rng.integers(0, 2**62, n), pa.uint64()),
  'i64_gap': lambda: pa.array(gaps(rng.integers(-2**50, 2**50, n).tolist()), pa.int64()), 'i32_gap': lambda: pa.array(gaps(rng.integers(-99, 99, n).tolist()), pa.int32()), 'u32_gap': lambda: pa.array(gaps(rng.integers(0, 2**32 - 1, n).tolist()), pa.uint32()),
  'f16': lambda: pa.array(rng.normal(size=n).astype('float16')), 'f32': lambda: pa.array(rng.normal(size=n).astype('float32')), 'f64': lambda: pa.array(rng.normal(size=n)), 'f64_gap': lambda: pa.array(gaps(rng.normal(size=n).tolist())),
  'f64_nan': lambda: pa.array(np.where(np.arange(n) % 5 == 0, np.nan, rng.normal(size=n))), 'whole_f64': lambda: pa.array(rng.integers(0, 9, n).astype('float64')),
  'bool': lambda: pa.array(rng.random(n) < 0.5), 'text': lambda: pa.array([f'w{i % 5} é' for i in range(n)]), 'text_gap': lambda: pa.array(gaps([f'w{i % 5}' for i in range(n)])), 'category': lambda: pa.array(gaps([f'w{i % 5}' for i in range(n)])).dictionary_encode(),
  'decimal': lambda: pa.array([decimal.Decimal(i) / 8 for i in range(n)], pa.decimal128(10, 3)), 'decimal_gap': lambda: pa.array(gaps([decimal.Decimal(i) / 4 for i in range(n)]), pa.decimal128(10, 2)), 'null': lambda: pa.nulls(n),
}
LEFT = {'date': lambda: pa.array([dt.date(2024, 1, 1)] * n), 'at': lambda: pa.array([dt.datetime(2024, 1, 1)] * n), 'zoned': lambda: pa.array([dt.datetime(2024, 1, 1)] * n, pa.timestamp('us', 'UTC')), 'list': lambda: pa.array([[1]] * n), 'bytes': lambda: pa.array([b'x'] * n)}
SAVED = {'plain': lambda f: f, 'sorted': lambda f: f.iloc[::-1], 'named': lambda f: f.set_index(pd.Index(range(5, n + 5), name='row'))}
told = []
for number in range(24):
  names = sorted(KINDS) if number < 3 else list(rng.choice(sorted(KINDS), 5, replace=False))
  left = list(rng.choice(sorted(LEFT), number % 3, replace=False))
  table = pa.table({**{k: KINDS[k]() for k in names}, **{k: LEFT[k]() for k in left}, 'y': pa.array([i % 2 for i in range(n)])})
  kinds = ['parquet']
  pq.write_table(table, f'{number}-train.parquet'); pq.write_table(table.drop_columns([*left, 'y']), f'{number}-rows.parquet', row_group_size=11)
  saved = list(SAVED)[number % 3]
  frame = SAVED[saved](table.to_pandas())
  frame.to_parquet(f'{number}-pandas-train.parquet'); frame.drop(columns=[*left, 'y']).to_parquet(f'{number}-pandas-rows.parquet')
  told.append([f'{number}-pandas-train.parquet', left, [f'{number}-pandas-rows.parquet']])
  flat = frame.drop(columns=[c for c in left if c in ('list', 'bytes')]); index = saved == 'plain' and number % 2 == 0
  flat.to_csv(f'{number}-train.csv', index=index); flat = flat.drop(columns=[c for c in left if c in flat] + ['y'])
  flat.to_csv(f'{number}-rows.csv', index=index)
  same = [f'{number}-rows.csv']
  if not {'f64_nan', 'decimal', 'decimal_gap', 'category'} & set(names):
    flat.to_json(f'{number}-rows.json', orient='records', double_precision=15); flat.to_json(f'{number}-rows.ndjson', orient='records', lines=True, double_precision=15)
    same += [f'{number}-rows.json', f'{number}-rows.ndjson']
  told.append([f'{number}-train.parquet', left, [f'{number}-rows.parquet']])
  told.append([f'{number}-train.csv', [c for c in left if c not in ('list', 'bytes')], same])
print(json.dumps(told))
`;

test('the training file is valid, by every road, for every dtype', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const world = testWorld();
  const wrote = runPython(found.python, WRITES, [], { cwd: world.cwd });
  assert.equal(wrote.status, 0, wrote.stderr);
  const files: [string, string[], string[]][] = JSON.parse(wrote.stdout);
  assert.ok(files.length === 72);
  for (const [trained, drop, same] of files) {
    const { table } = await readTrainingData(world, { source: trained, drop }, world.cwd);
    const { columns } = selectFeatures(table, { target: 'y', drop }, 'classifier');
    const signature: Signature = {
      inputs: {
        kind: 'columns',
        columns: columns.map(({ name, type, required }) => ({
          name,
          type: { kind: 'scalar', scalar: type },
          required,
        })),
      },
      outputs: null,
      params: null,
    };
    for (const input of same) {
      const result = await castRows(world, givenRows({ input }), signature);
      assert.deepEqual(result.ok ? [] : result.findings.map(({ message }) => message), [], `${trained} ${input}`);
      assert.ok(result.ok && result.table.rows === 40);
    }
  }
});

test('a bad row is named with its line, and a saved index is ignored with a note', async () => {
  const world = testWorld();
  const signature: Signature = {
    inputs: { kind: 'columns', columns: [{ name: 'a', type: { kind: 'scalar', scalar: 'double' }, required: true }] },
    outputs: null,
    params: null,
  };
  const read = async (input: string, text: string) => {
    writeFileSync(join(world.cwd, input), text);
    const rows = await openRows(world, givenRows({ input }), signature, Readable.from([]));
    const values: unknown[] = [];
    const rejected: unknown[] = [];
    for await (const batch of rows.batches) {
      values.push(...(batch.table.columns[0]?.values ?? []));
      rejected.push(...batch.rejected.map(({ row, line }) => [row, line]));
    }
    return { values, rejected, says: rows.findings.kept.map(({ message }) => message), notes: rows.warnings() };
  };
  const csv = await read('a.csv', 'Unnamed: 0,a\n0,1.5\n"x\n\ny",2.5\n\n2,bad\n3,4.5\n4,worse\n');
  assert.deepEqual(csv.values, [1.5, 2.5, 4.5]);
  assert.deepEqual(csv.rejected, [
    [2, 7],
    [4, 9],
  ]);
  assert.match(csv.says[0]!, /^column 'a' row 2 \(line 7\): /);
  assert.match(csv.notes[0]!, /'Unnamed: 0', is named as the index/);
  const numbers = await read(
    'b.csv',
    `,a\n${Array.from({ length: 50_000 }, (_, i) => `${i},${i / 4}`).join('\n')}\n1,x\n`,
  );
  assert.deepEqual([numbers.values.length, numbers.values[49_999]], [50_000, 49_999 / 4]);
  assert.deepEqual(numbers.rejected, [[50_000, 50_002]]);
  const lines = await read('c.ndjson', '{"Unnamed: 0":0,"a":1.5}\n\n{"Unnamed: 0":1,"a":"x"}\n');
  assert.deepEqual([lines.values, lines.rejected, lines.notes.length], [[1.5], [[1, 3]], 1]);
  const list = await read('d.json', '[{"":0,"a":1.5},{"":1,"a":2}]');
  assert.deepEqual([list.values, list.notes.length], [[1.5, 2], 1]);
  assert.match((await read('e.csv', 'a,Unnamed: 0\n1.5,0\n')).says[0]!, /'Unnamed: 0' is not in the signature/);
});
