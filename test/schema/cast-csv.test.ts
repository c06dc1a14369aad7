// CSV against the strict caster: the fast numeric way and the general way give one verdict, and the header is the signature's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { castCsv, openCsvCaster } from '../../src/schema/cast.js';
import type { CastBatch } from '../../src/schema/cast-types.js';
import type { ColumnSpec, ScalarName, Signature } from '../../src/schema/types.js';

const column = (name: string, scalar: ScalarName, required = true): ColumnSpec => ({
  name,
  type: { kind: 'scalar', scalar },
  required,
});
const signatureOf = (...columns: ColumnSpec[]): Signature => ({
  inputs: { kind: 'columns', columns },
  outputs: null,
  params: null,
});
const values = (text: string, signature: Signature): unknown => {
  const cast = castCsv(text, signature);
  return cast.ok ? cast.table.columns.map((c) => [...c.values]) : cast.findings.map((f) => f.code);
};

test('plain rows become typed columns', () => {
  const signature = signatureOf(
    column('d', 'double'),
    column('l', 'long'),
    column('i', 'integer'),
    column('f', 'float'),
  );
  assert.deepEqual(
    values('d,l,i,f\n1.5,9007199254740993,-7,0.1\r\n-0.1,-9223372036854775808,2147483647,16777216\n', signature),
    [
      [1.5, -0.1],
      [9007199254740993n, -(2n ** 63n)],
      [-7, 2147483647],
      [Math.fround(0.1), 16777216],
    ],
  );
  assert.deepEqual(values('d,l,i,f\n1,2,3,16777217\n', signature), ['SCHEMA_LOSSY_CAST']);
  assert.deepEqual(values('d,l,i,f\n9007199254740993,2,2147483648,1e39\n', signature), [
    'SCHEMA_LOSSY_CAST',
    'SCHEMA_LOSSY_CAST',
    'SCHEMA_LOSSY_CAST',
  ]);
});

test('every problem is named with its row, good rows of a stream go on', () => {
  const caster = openCsvCaster(signatureOf(column('a', 'double'), column('b', 'string', false)), 4);
  caster.feed(Buffer.from('a,b\n1,x\nNA,y\n2,"a ""q"", b"\n3\n4,\n,z\n'));
  caster.finish();
  const batches: CastBatch[] = [];
  for (let batch = caster.read(); batch !== null; batch = caster.read()) batches.push(batch);
  assert.deepEqual(
    batches.map(({ firstRow, rowsRead }) => [firstRow, rowsRead]),
    [
      [0, 4],
      [4, 2],
    ],
  );
  assert.deepEqual(
    batches.flatMap(({ table }) => [...table.columns[1]!.values]),
    ['x', 'a "q", b', ''],
  );
  assert.deepEqual(
    batches.flatMap(({ rejected }) => rejected.map(({ row, original }) => [row, original])),
    [
      [1, 'NA,y'],
      [3, '3'],
      [5, ',z'],
    ],
  );
  assert.deepEqual(
    caster.findings.kept.map(({ code, row }) => [code, row]),
    [
      ['SCHEMA_MISSING_WORD', 1],
      ['SCHEMA_RAGGED', 3],
      ['SCHEMA_NULL', 5],
    ],
  );
});

test('the header must be the signature: missing, misspelt, repeated, reordered', () => {
  const signature = signatureOf(column('sepal length', 'double'), column('b', 'double'));
  const first = (text: string): string => {
    const cast = castCsv(text, signature);
    return cast.ok ? 'ok' : `${cast.findings[0]!.code} ${cast.findings[0]!.suggestion ?? ''}`.trim();
  };
  assert.equal(first('sepal length,b\n1,2\n'), 'ok');
  assert.equal(first('\ufeffsepal length,b\r\n1,2'), 'ok');
  assert.equal(first('sepal_length,b\n1,2\n'), 'SCHEMA_MISSING_COLUMN sepal_length');
  assert.equal(first('b,sepal length\n1,2\n'), 'SCHEMA_REORDERED');
  assert.equal(first('sepal length,b,b\n1,2,3\n'), 'SCHEMA_DUPLICATE');
  assert.equal(first('sepal length,b,c\n1,2,3\n'), 'SCHEMA_UNKNOWN_COLUMN');
  assert.equal(first('sepal length,b\n'), 'SCHEMA_NO_ROWS');
  assert.equal(first(''), 'SCHEMA_MALFORMED');
});

test('chunks of any size give the same batches', () => {
  const signature = signatureOf(column('a', 'double'), column('b', 'string'));
  const text = Buffer.from('a,b\r\n1.25,"x\r\ny"\r\n-3,é😀\r\n4,"""q"\r\n');
  const whole = castCsv(text, signature);
  assert.ok(whole.ok);
  for (let size = 1; size < 9; size++) {
    const caster = openCsvCaster(signature, 100);
    for (let at = 0; at < text.length; at += size) {
      caster.feed(text.subarray(at, at + size));
      assert.equal(caster.read(), null);
    }
    caster.finish();
    assert.deepEqual(caster.read()?.table, whole.table);
  }
});

test('decimals of any length are rounded as Number rounds them', () => {
  const digits = (min: number, max: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
  const signature = signatureOf(column('d', 'double'));
  fc.assert(
    fc.property(digits(0, 8), digits(1, 24), (whole, fraction) => {
      const text = `${whole === '' ? '0' : whole}.${fraction}`;
      assert.deepEqual(values(`d\n${text}\n`, signature), [[Number(text)]], text);
    }),
    { numRuns: 20_000 },
  );
});
