// Parquet files that mlctl writes, as pyarrow reads them: every type, missing values, and row groups of a bounded size.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Table } from '../../../src/data/table.js';
import { openRowWriter } from '../../../src/data/write/open-row-writer.js';
import { scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';

const READS = `
import json, sys, pyarrow.parquet as pq
file = pq.ParquetFile(sys.argv[1])
table = file.read()
show = lambda v: v.hex() if isinstance(v, bytes) else v if v is None or isinstance(v, (bool, str)) else repr(v)
print(json.dumps({
  'types': {f.name: str(f.type) for f in table.schema}, 'rows': table.num_rows,
  'groups': [file.metadata.row_group(i).num_rows for i in range(file.metadata.num_row_groups)],
  'first': {n: [show(v) for v in (table[n].cast('int64') if str(table[n].type).startswith('timestamp') else table[n]).to_pylist()[:2]] for n in table.column_names},
  'last': [show(table[n].to_pylist()[-1]) for n in ['d', 'l', 's']],
}))
`;

const ROWS = 50_000;
const batch = (number: number): Table => {
  const from = number * ROWS;
  const nulls = number === 2 ? { nulls: Uint8Array.from({ length: ROWS }, (_, i) => Number(i === ROWS - 1)) } : {};
  const each = <T>(make: (row: number) => T): T[] => Array.from({ length: ROWS }, (_, i) => make(from + i));
  return {
    rows: ROWS,
    columns: [
      { name: 'd', type: 'double', values: Float64Array.from(each((i) => i / 3)), ...nulls },
      { name: 'f', type: 'float', values: Float32Array.from(each((i) => i / 3)) },
      { name: 'l', type: 'long', values: BigInt64Array.from(each((i) => 2n ** 53n + 1n + BigInt(i))), ...nulls },
      { name: 'i', type: 'integer', values: Int32Array.from(each((i) => -i)) },
      { name: 'b', type: 'boolean', values: Uint8Array.from(each((i) => i % 2)) },
      { name: 's', type: 'string', values: each((i) => `é${i}`), ...nulls },
      { name: 'x', type: 'binary', values: each((i) => Uint8Array.of(i % 256, 0)) },
      { name: 't', type: 'datetime', values: BigInt64Array.from(each((i) => 1706702400123456789n + BigInt(i))) },
      { name: 'o', type: 'object', values: each((i) => (i === 1 ? null : { n: [i, 1.5] })) },
    ],
  };
};

test('pyarrow reads every type, and row groups come as the rows do', async (t) => {
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const writer = await openRowWriter('parquet');
  const parts: Buffer[] = [];
  const sizes: number[] = [];
  for (let number = 0; number < 6; number++) {
    // Valid until the call after the next.
    const bytes = Buffer.from(writer.rows(batch(number)));
    sizes.push(bytes.length);
    parts.push(bytes);
  }
  parts.push(writer.end());
  assert.ok(sizes[2]! > 1_000_000 && sizes[5]! > 1_000_000, 'a row group is handed on once it is full');
  assert.deepEqual([sizes[1], sizes[3], sizes[4]], [0, 0, 0]);
  const path = join(scratch(), 'out.parquet');
  writeFileSync(path, Buffer.concat(parts));
  const told = runPython(found.python, READS, [path]);
  assert.equal(told.status, 0, told.stderr);
  assert.deepEqual(JSON.parse(told.stdout), {
    types: {
      d: 'double',
      f: 'float',
      l: 'int64',
      i: 'int32',
      b: 'bool',
      s: 'string',
      x: 'binary',
      t: 'timestamp[ns]',
      o: 'string',
    },
    rows: 300_000,
    groups: [150_000, 150_000],
    first: {
      d: ['0.0', '0.3333333333333333'],
      f: ['0.0', '0.3333333432674408'],
      l: ['9007199254740993', '9007199254740994'],
      i: ['0', '-1'],
      b: [false, true],
      s: ['é0', 'é1'],
      x: ['0000', '0100'],
      t: ['1706702400123456789', '1706702400123456790'],
      o: ['{"n":[0,1.5]}', null],
    },
    last: ['99999.66666666667', '9007199255040992', 'é299999'],
  });
  const gap = runPython(
    found.python,
    `import sys, pyarrow.parquet as pq; t = pq.read_table(sys.argv[1]); print([t[n].null_count for n in 'dls'], t['d'][149999].as_py())`,
    [path],
  );
  assert.equal(gap.stdout.trim(), '[1, 1, 1] None');
});
