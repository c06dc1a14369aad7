// Inferred schemas are MLflow's own for the same data; where MLflow falls back to `any` without a word, an error says why.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Table } from '../../src/data/table.js';
import { formatSignature } from '../../src/schema/format-signature.js';
import { inferSchema, inferSchemaOfRows } from '../../src/schema/infer.js';
import { pythonOf, runPython } from '../support/python.js';

const PROGRAM = `
import datetime, json, sys
import numpy as np, pandas as pd
from mlflow.models import infer_signature
frame = pd.DataFrame({
  'd': [1.5, 2.5], 'dm': [1.5, None], 'f': np.array([1, 2], 'float32'), 'l': [1, 2**40], 'i': np.array([1, 2], 'int32'),
  's': ['a', 'b'], 'sm': ['a', None], 'b': [True, False], 't': pd.to_datetime(['2024-01-01', '2024-01-02']), 'x': [b'1', b'2'],
  'a': [[1.5, 2.5], [3.5]], 'o': [{'p': 'x', 'q': 1.5}, {'p': 'y'}], 'n': [None, None],
})
print(infer_signature(frame).to_dict()['inputs'])
`;

test('as infer_signature types a data frame', (t) => {
  const table: Table = {
    rows: 2,
    columns: [
      { name: 'd', type: 'double', values: Float64Array.of(1.5, 2.5) },
      { name: 'dm', type: 'double', values: Float64Array.of(1.5, Number.NaN) },
      { name: 'f', type: 'float', values: Float32Array.of(1, 2) },
      { name: 'l', type: 'long', values: BigInt64Array.of(1n, 2n ** 40n) },
      { name: 'i', type: 'integer', values: Int32Array.of(1, 2) },
      { name: 's', type: 'string', values: ['a', 'b'] },
      { name: 'sm', type: 'string', values: ['a', ''], nulls: Uint8Array.of(0, 1) },
      { name: 'b', type: 'boolean', values: Uint8Array.of(1, 0) },
      { name: 't', type: 'datetime', values: BigInt64Array.of(0n, 1n) },
      { name: 'x', type: 'object', values: [new Uint8Array([49]), new Uint8Array([50])] },
      { name: 'a', type: 'object', values: [[1.5, 2.5], [3.5]] },
      { name: 'o', type: 'object', values: [{ p: 'x', q: 1.5 }, { p: 'y' }] },
      { name: 'n', type: 'object', values: [null, null] },
    ],
  };
  const { schema, warnings } = inferSchema(table);
  assert.deepEqual(warnings.length, 1);
  assert.match(warnings[0]!, /'l', 'i' cannot hold missing values/);
  const found = pythonOf('mlflow');
  if ('skip' in found) return t.skip(found.skip);
  const python = runPython(found.python, PROGRAM);
  assert.equal(python.status, 0, python.stderr);
  const ours = formatSignature({ inputs: schema, outputs: null, params: null }).inputs;
  assert.deepEqual(JSON.parse(ours!), JSON.parse(python.stdout));
});

test('rows: keys missing or null in some are optional, mixed types are refused by place', () => {
  const { schema } = inferSchemaOfRows([
    { a: 1, b: 'x', __proto__: null },
    { b: null, c: 2n },
  ] as never);
  assert.deepEqual(
    schema.kind === 'columns' &&
      schema.columns.map(({ name, type, required }) => [name, type.kind === 'scalar' && type.scalar, required]),
    [
      ['a', 'double', false],
      ['b', 'string', false],
      ['c', 'long', false],
    ],
  );
  assert.throws(() => inferSchemaOfRows([{ a: 1 }, { a: 'x' }]), /column 'a' row 1: string after double/);
  assert.throws(() => inferSchemaOfRows([{ a: 2n ** 63n }]), /not fit into a long/);
  assert.throws(() => inferSchemaOfRows([{ '': 1 }]), /empty name/);
  assert.throws(() => inferSchemaOfRows([]), /no columns/);
});
