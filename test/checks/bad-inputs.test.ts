import assert from 'node:assert/strict';
import test from 'node:test';
import { badInputs } from '../../src/checks/bad-inputs.js';
import type { Column, Table } from '../../src/data/table.js';
import { castJsonDocument } from '../../src/schema/cast.js';
import type { ColumnType, ScalarName, Signature } from '../../src/schema/types.js';

const scalar = (name: ScalarName): ColumnType => ({ kind: 'scalar', scalar: name });
const signatureOf = (columns: (readonly [string | undefined, ColumnType, boolean])[]): Signature => ({
  inputs: { kind: 'columns', columns: columns.map(([name, type, required]) => ({ name, type, required })) },
  outputs: null,
  params: null,
});
const SAMPLES = {
  boolean: { name: 'c', type: 'boolean', values: Uint8Array.of(1) },
  integer: { name: 'c', type: 'integer', values: Int32Array.of(-7) },
  long: { name: 'c', type: 'long', values: BigInt64Array.of(9007199254740993n) },
  float: { name: 'c', type: 'float', values: Float32Array.of(0.5) },
  double: { name: 'c', type: 'double', values: Float64Array.of(5) },
  string: { name: 'c', type: 'string', values: ['a "b"\n\u2028'] },
  binary: { name: 'c', type: 'binary', values: [Buffer.from([1, 2, 255])] },
  datetime: { name: 'c', type: 'datetime', values: BigInt64Array.of(1577934245000000006n) },
} satisfies Record<ScalarName, Column>;

test('of every scalar type the good input is accepted and each bad one refused for its own reason', () => {
  for (const [name, column] of Object.entries(SAMPLES)) {
    const signature = signatureOf([
      ['c', scalar(name as ScalarName), true],
      ['second', scalar('double'), true],
    ]);
    const table: Table = {
      rows: 1,
      columns: [column, { name: 'second', type: 'double', values: Float64Array.of(1.5) }],
    };
    const made = badInputs(table, signature);
    assert.ok(typeof made !== 'string');
    const good = castJsonDocument(made.good, signature);
    assert.ok(good.ok, `${name}: ${made.good}`);
    const codes = made.bad.map(({ body }) => {
      const cast = castJsonDocument(body ?? '', signature);
      assert.ok(!cast.ok);
      return cast.findings.map(({ code }) => code).join(' ');
    });
    assert.match(codes[0] ?? '', /SCHEMA_MISSING_COLUMN/);
    assert.match(codes[1] ?? '', /SCHEMA_(UNKNOWN|MISSING)_COLUMN/);
    assert.equal(codes[2], 'SCHEMA_UNKNOWN_COLUMN');
    assert.equal(codes[3], 'SCHEMA_REORDERED');
    assert.match(codes[4] ?? '', /^SCHEMA_(WRONG_TYPE|BAD_DATETIME|BAD_BASE64)$/, name);
  }
});

test('what the signature does not allow is left out with its reason', () => {
  const one = badInputs({ rows: 1, columns: [SAMPLES.double] }, signatureOf([['c', scalar('double'), false]]));
  assert.ok(typeof one !== 'string');
  assert.deepEqual(
    one.bad.map(({ name, body, what }) => (body === null ? `${name}: ${what}` : name)),
    ['missing: no column is required', 'misspelt', 'extra', 'reordered: there is only one column', 'wrong type'],
  );
  const any = badInputs(
    { rows: 1, columns: [{ name: 'c', type: 'object', values: [{ a: 1 }] }] },
    signatureOf([['c', { kind: 'any' }, true]]),
  );
  assert.ok(typeof any !== 'string');
  assert.equal(any.bad.at(-1)?.what, 'every column accepts any type');
  assert.match(
    String(badInputs({ rows: 1, columns: [SAMPLES.double] }, signatureOf([[undefined, scalar('double'), true]]))),
    /no names/,
  );
  for (const empty of [
    { rows: 0, columns: [SAMPLES.double] },
    { rows: 1, columns: [] },
  ])
    assert.equal(badInputs(empty, signatureOf([['c', scalar('double'), true]])), 'the input example is empty');
  const tensors: Signature = {
    inputs: { kind: 'tensors', tensors: [{ name: undefined, dtype: 'float64', shape: [-1, 2] }] },
    outputs: null,
    params: null,
  };
  assert.match(String(badInputs({ rows: 1, columns: [SAMPLES.double] }, tensors)), /tensors/);
});

test('names that are data: __proto__ and a name that the misspelling would hit', () => {
  const columns = ['__proto__', 'constructor', '__proto_', 'unexpected'].map((name) => ({ ...SAMPLES.double, name }));
  const signature = signatureOf(columns.map(({ name }) => [name, scalar('double'), true] as const));
  const made = badInputs({ rows: 1, columns }, signature);
  assert.ok(typeof made !== 'string');
  assert.ok(castJsonDocument(made.good, signature).ok);
  for (const { name, body } of made.bad) assert.equal(castJsonDocument(body ?? '', signature).ok, false, name);
});
