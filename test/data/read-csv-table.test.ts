import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { lineOf } from '../../src/data/csv/row-lines.js';
import { iris } from '../../src/data/iris.js';
import { readCsvTable } from '../../src/data/read-csv-table.js';
import type { Table } from '../../src/data/table.js';
import { MlctlError } from '../../src/errors/error.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const read = (text: string | Uint8Array): Promise<Table> =>
  readCsvTable(typeof text === 'string' ? Buffer.from(text) : text, { name: 'x.csv' });

async function refused(text: string | Uint8Array, message: RegExp): Promise<void> {
  await assert.rejects(
    () => read(text),
    (error: unknown) => {
      assert.ok(error instanceof MlctlError);
      assert.equal(error.code, 'DATA_INVALID');
      assert.match(error.message, message);
      return true;
    },
  );
}

test('types: whole numbers, decimals, missing, true and false, text', async () => {
  const { columns, rows } = await read(
    'a,b,c,d,e,f,g\r\n1,1.5,1,true,x,9007199254740993,\r\n-2,NA,,False,"q, ""r""\n2",-9223372036854775808,nan\r\n',
  );
  assert.equal(rows, 2);
  const [a, b, c, d, e, f, g] = columns;
  assert.deepEqual(a, { name: 'a', type: 'long', values: BigInt64Array.of(1n, -2n) });
  assert.deepEqual(b, {
    name: 'b',
    type: 'double',
    values: Float64Array.of(1.5, Number.NaN),
    nulls: Uint8Array.of(0, 1),
  });
  assert.deepEqual(c, {
    name: 'c',
    type: 'double',
    values: Float64Array.of(1, Number.NaN),
    nulls: Uint8Array.of(0, 1),
  });
  assert.deepEqual(d, { name: 'd', type: 'boolean', values: Uint8Array.of(1, 0) });
  assert.deepEqual(e, { name: 'e', type: 'string', values: ['x', 'q, "r"\n2'] });
  assert.deepEqual(f, { name: 'f', type: 'long', values: BigInt64Array.of(9007199254740993n, -9223372036854775808n) });
  assert.deepEqual(g, {
    name: 'g',
    type: 'double',
    values: Float64Array.of(Number.NaN, Number.NaN),
    nulls: Uint8Array.of(1, 1),
  });
});

test('a byte order mark, blank lines and a missing last line break do no harm', async () => {
  assert.deepEqual(
    (await read('\ufeffa,b\n\n1,x\n\n2,y')).columns.map((column) => [column.name, column.type, column.values.length]),
    [
      ['a', 'long', 2],
      ['b', 'string', 2],
    ],
  );
});

test('what is not a table is refused, and the error says where', async () => {
  await refused('', /empty/);
  await refused('a,b\n', /no rows/);
  await refused('a,b\n1,2\n3\n', /row 1 \(line 3\): found 1 cell, expected 2/);
  await refused('a,b\n"x\ny",2\n3,4,5\n', /row 1 \(line 4\): found 3 cells/);
  await refused('a,,c\n1,2,3\n', /column 1 has no name/);
  await refused('a,b,a\n1,2,3\n', /"a" twice/);
  await refused('a\n"x\n', /row 0 \(line 2\): the quote of field 0 is never closed/);
  await refused('a\n"x"y\n', /row 0 \(line 2\): text after the closing quote of field 0/);
  await refused('a,b\r\n"p\r\n\r\nq",1\r\n\r\n2,x"y\r\n', /row 1 \(line 6\): a quote inside the unquoted field 1/);
  await refused('a,"b\n', /the header \(line 1\): the quote of field 1 is never closed/);
  await refused('a,b\n  \n1,2\n', /row 0 \(line 2\): found 1 cell, expected 2/);
  await refused(Uint8Array.of(97, 10, 0xff, 10), /UTF-8/);
  await refused('a\n9007199254740993\nNA\n', /beyond 2\^53/);
});

test('texts that are needed after numbers were read are as in the file', async () => {
  const { columns } = await read(
    'a,b,c,d\n007,true,18446744073709551616,+9007199254740993\n,NA,1,1\n1.50,2,2,2\nx,,3,3\n',
  );
  assert.deepEqual(
    columns.map(({ name, type, values, nulls }) => [name, type, [...values], nulls && [...nulls]]),
    [
      ['a', 'string', ['007', '', '1.50', 'x'], [0, 1, 0, 0]],
      ['b', 'string', ['true', '', '2', ''], [0, 1, 0, 1]],
      ['c', 'string', ['18446744073709551616', '1', '2', '3'], undefined],
      ['d', 'long', [9007199254740993n, 1n, 2n, 3n], undefined],
    ],
  );
});

test('a file of many pieces keeps its rows in order, also where the last cell changes the type', async () => {
  const rows = 50_000;
  const text = (last: string) =>
    `a,b\n${Array.from({ length: rows }, (_, i) => `${i},"é ""${i}"""`).join('\n')}\n${last},z\n`;
  const [numbers] = (await read(text('7'))).columns;
  assert.deepEqual([numbers?.type, numbers?.values[rows - 1], numbers?.values[rows]], ['long', BigInt(rows - 1), 7n]);
  const [words, b] = (await read(text('seven'))).columns;
  assert.deepEqual([words?.values[0], words?.values[rows - 1], words?.values[rows]], ['0', String(rows - 1), 'seven']);
  assert.equal(b?.values[rows - 1], `é "${rows - 1}"`);
});

test('each row is in the line that it begins in', async () => {
  for (const [text, wanted] of [
    ['a,b\n1,2\n3,4\n', [2, 3]],
    ['a,b\n1,2\n3,4', [2, 3]],
    ['\ufeffa,b\r\n\r\n1,2\r\n\r\n\r\n3,4\r\n5,6', [3, 6, 7]],
    ['a,"b\nc"\n1,"x\n\ny"\n3,4\n"5","\r6\r\n"\n7,8', [3, 6, 7, 10]],
    ['a,b\r1,2\r3,4\r', [2, 3]],
    ['a,b\n1,2\n3,"4\n"', [2, 3]],
  ] as const) {
    const { rows, lines } = await readCsvTable(Buffer.from(text), { name: 'x.csv' });
    assert.deepEqual(
      Array.from({ length: rows }, (_, row) => lineOf(lines!, row)),
      wanted,
      JSON.stringify(text),
    );
  }
});

test('columns to drop are not read, and a first column that counts the rows is left out', async () => {
  const of = async (text: string, drop: readonly string[] = []) => {
    const { columns, left, notes } = await readCsvTable(Buffer.from(text), { name: 'x.csv', drop });
    return [columns.map(({ name }) => name), left, notes?.length];
  };
  const wide = '9007199254740993,x,1\n,y,2\n';
  assert.deepEqual(await of(`id,s,n\n${wide}`, ['id']), [['s', 'n'], ['id'], undefined]);
  assert.deepEqual(await of(',s,n\n9,x,1\n4,y,2\n', ['']), [['s', 'n'], [''], undefined]);
  assert.deepEqual(await of('s,n,s\na,1,b\n', ['s']), [['n'], ['s', 's'], undefined]);
  assert.deepEqual(await of(',n\n0,5\n1,6\n'), [['n'], [''], 1]);
  assert.deepEqual(await of('Unnamed: 0,n\n7,5\n8,6\n'), [['n'], ['Unnamed: 0'], 1]);
  // It holds something else.
  assert.deepEqual(await of('Unnamed: 0,n\n8,5\n7,6\n'), [['Unnamed: 0', 'n'], undefined, undefined]);
  await refused(',n\n8,5\n7,6\n', /column 0 has no name/);
  await refused('n,\n5,0\n6,1\n', /column 1 has no name/);
});

test('names such as __proto__ are ordinary names', async () => {
  assert.deepEqual(
    (await read('__proto__,constructor\n1,2\n')).columns.map((column) => column.name),
    ['__proto__', 'constructor'],
  );
});

const PANDAS = `
import json, sys, numpy as np, pandas as pd
rng = np.random.RandomState(11)
numbers = ['0', '1', '-5', '+7', '007', '12345678901', '3.25', '-0.1', '1e5', '1E-7', '.5', '5.', '1e22', '123456789012345678', '0.30000000000000004',
  '2.2250738585072014e-308', '179769313486231570000e289', '9007199254740992', ' 3', '3 ', ' 2.5 ', 'inf', '-Infinity', '1e400', '-0', '-0.0', '1e-400']
missing = ['', 'NA', 'nan', 'NULL', 'None', 'n/a', '<NA>', '#N/A', '""', '"NA"']
words = ['a', 'Na', 'none', 'TRUE ', 'é', '\\U0001F600', '"x,y"', '"a""b"', '1,5'.replace(',', ';'), '0x10', '1_000', '1e', '--1', '+', '1 2', '"1"', 'e5', '.', '-', ' ', 'T', 'yes']
flags = ['true', 'False', 'TRUE', 'FALSE', 'True', 'false']
out = []
for i in range(1500):
    pools = [numbers, numbers[:6], numbers[6:], missing, words, flags]
    columns = []
    for c in range(3):
        chosen = [pools[k] for k in rng.choice(6, size=rng.choice([1, 1, 1, 2, 3]), replace=False)]
        columns.append([p[rng.randint(len(p))] for p in (chosen[rng.randint(len(chosen))] for _ in range(rng.randint(1, 5)))])
    rows = min(map(len, columns))
    text = 'p,q,r' + '\\n' + ''.join(','.join(col[j] for col in columns) + '\\n' for j in range(rows))
    import io
    frame = pd.read_csv(io.StringIO(text), float_precision='round_trip')
    if len(frame) != rows: continue
    answer = []
    for name in frame:
        s = frame[name]
        values = [None if pd.isna(v) else (repr(float(v)) if s.dtype.kind == 'f' else str(v)) for v in s]
        answer.append([s.dtype.kind if s.dtype.kind in 'ifb' else 'O', values])
    out.append([text, answer])
json.dump(out, sys.stdout)
`;

test('types and values are those of pandas.read_csv', async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const done = runPython(environment.python, PANDAS);
  assert.equal(done.status, 0, done.stderr);
  const cases: [string, [string, (string | null)[]][]][] = JSON.parse(done.stdout);
  let compared = 0;
  for (const [text, columns] of cases) {
    let table: Table;
    try {
      table = await read(text);
    } catch (error) {
      // whole numbers beyond 2^53 with gaps: refused here, rounded there
      assert.match((error as Error).message, /beyond 2\^53/, text);
      continue;
    }
    columns.forEach(([kind, values], c) => {
      const column = table.columns[c]!;
      compared++;
      // a column of true, false and gaps is Python objects there, flags with gaps here
      const type =
        column.type === 'boolean' && column.nulls
          ? 'O'
          : { long: 'i', double: 'f', boolean: 'b', string: 'O' }[column.type as 'long'];
      assert.equal(type, kind, `${JSON.stringify(text)} column ${c}`);
      values.forEach((value, i) => {
        const where = `${JSON.stringify(text)} column ${c} row ${i}`;
        if (column.nulls?.[i] === 1) {
          assert.equal(value, null, where);
          return;
        }
        const mine = column.values[i]!;
        if (column.type === 'double')
          // the sign of zero is not compared: pandas keeps it for -0.0 and loses it for -0
          assert.ok(
            mine === (value === null ? null : Number(value.replace('inf', 'Infinity'))),
            `${where}: ${mine}, pandas ${value}`,
          );
        else assert.equal(column.type === 'boolean' ? (mine ? 'True' : 'False') : String(mine), value, where);
      });
    });
  }
  assert.ok(compared > 3000, `${compared} columns compared`);
});

test("iris is scikit-learn's", async (t) => {
  const environment = pythonOf('mlflow');
  if ('skip' in environment) return t.skip(environment.skip);
  const file = join(scratch(), 'iris.csv');
  const done = runPython(
    environment.python,
    "import sys; from sklearn.datasets import load_iris; load_iris(as_frame=True).frame.rename(columns={'target': 'species'}).to_csv(sys.argv[1], index=False)",
    [file],
  );
  assert.equal(done.status, 0, done.stderr);
  const { rows, columns } = await readCsvTable(readFileSync(file), { name: file });
  assert.deepEqual(iris(), { rows, columns });
});
