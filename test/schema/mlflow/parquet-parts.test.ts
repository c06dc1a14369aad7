// What Parquet files say of themselves, where it is damaged or hostile, and single values as Python prints them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readArrowSchema } from '../../../src/data/parquet/read-arrow-schema.js';
import { readPandasMetadata } from '../../../src/data/parquet/read-pandas-metadata.js';
import { decimalText, halfOf } from '../../../src/data/parquet/stored-value.js';
import { frameOfParquet } from '../../../src/schema/mlflow/pandas/parquet-frame.js';
import { structsOfArrow } from '../../../src/schema/mlflow/pandas/parquet-nested.js';
import type { PyDict } from '../../../src/schema/mlflow/python/python-value.js';

test('an Arrow schema of any bytes is read or left out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, marked) => {
      const all = marked ? Buffer.concat([Buffer.from('ffffffff1000000010000000', 'hex'), bytes]) : Buffer.from(bytes);
      const read = readArrowSchema(all.toString('base64'));
      assert.ok(read === null || Array.isArray(read));
    }),
    { numRuns: 2000 },
  );
});

test('pandas metadata of any shape is read or left out', () => {
  for (const text of ['', '[', '[]', '1', '{"columns":{}}', '{"columns":[1,null,{"name":3}],"index_columns":[[]]}'])
    assert.doesNotThrow(() => readPandasMetadata(text), text);
  const read = readPandasMetadata(
    '{"columns":[{"name":"a","field_name":"a","numpy_type":"Int64"},{"name":"__proto__","numpy_type":"uint8[pyarrow]"}],"index_columns":["i",{"kind":"range"}],"column_indexes":[{"numpy_type":"int64"}]}',
  );
  assert.deepEqual(
    [...read!.extensions],
    [
      ['a', 'Int64'],
      ['__proto__', 'UInt8'],
    ],
  );
  assert.deepEqual([...read!.index], ['i']);
  assert.equal(read!.labels, 'int64');
});

test('decimals are printed as in Python, half floats have IEEE values', () => {
  const cases: [unknown, number, string][] = [
    [150, 2, '1.50'],
    [0n, 9, '0E-9'],
    [0n, 6, '0.000000'],
    [-5n, 7, '-5E-7'],
    [-123n, 10, '-1.23E-8'],
    [Uint8Array.of(0xff, 0x38), 2, '-2.00'],
    [Uint8Array.of(), 0, '0'],
  ];
  for (const [value, scale, text] of cases) assert.equal(decimalText(value, scale), text);
  assert.equal(halfOf(Uint8Array.of(0x00, 0xbc)), -1);
  assert.equal(halfOf(Uint8Array.of(0x01, 0x00)), 2 ** -24);
  assert.equal(halfOf(Uint8Array.of(0xff, 0x7b)), 65504);
  assert.ok(Number.isNaN(halfOf(Uint8Array.of(0x01, 0x7c))));
});

test('names that are data stay data', () => {
  const type = { kind: 'struct', fields: [{ name: '__proto__', type: { kind: 'bool' }, nullable: true }] } as const;
  const [struct] = structsOfArrow([{}], type);
  assert.deepEqual([...(struct as PyDict).map], [['__proto__', null]]);
  const column = { name: '__proto__', type: { kind: 'bool' }, chunks: [[true]] } as const;
  const frame = frameOfParquet({ rows: 1, columns: [column], pandas: null });
  assert.equal(frame.columns[0]!.name, '__proto__');
});
