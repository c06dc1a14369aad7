// The types of outputs: each element type of a tensor has its column type, and a column only its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { output } from '../../src/checks/smoke/output.js';
import type { SmokeFacts } from '../../src/checks/smoke-check.js';
import type { Column } from '../../src/data/table.js';
import type { Schema } from '../../src/schema/types.js';

const VALUES = {
  double: Float64Array.of(1),
  float: Float32Array.of(1),
  integer: Int32Array.of(1),
  long: BigInt64Array.of(1n),
  boolean: Uint8Array.of(1),
  string: ['x'],
  object: [[1]],
} as const;
type Type = keyof typeof VALUES;
async function fits(outputs: Schema, type: Type): Promise<boolean> {
  const column = { name: 'y', type, values: VALUES[type] } as unknown as Column;
  const facts = { modelPackage: { model: { signature: { outputs } } }, answer: { rows: 1, columns: [column] } };
  const { status } = await output.run(facts as unknown as SmokeFacts, {} as never);
  return status === 'pass';
}
const fitting = async (outputs: Schema): Promise<string> => {
  const found: string[] = [];
  for (const type of Object.keys(VALUES) as Type[]) if (await fits(outputs, type)) found.push(type);
  return found.join(' ');
};

test('tensors', async () => {
  const cases: Record<string, string> = {
    float64: 'double',
    float32: 'float',
    float16: 'float',
    int64: 'long',
    int32: 'integer',
    int16: 'integer',
    int8: 'integer',
    uint8: 'integer',
    uint16: 'integer',
    uint32: 'long',
    uint64: 'object',
    bool: 'boolean',
    str: 'string object',
    object: 'string object',
  };
  for (const [dtype, wanted] of Object.entries(cases)) {
    const of = (shape: number[]): Schema => ({ kind: 'tensors', tensors: [{ name: 'y', dtype, shape }] });
    assert.equal(await fitting(of([-1])), wanted, dtype);
    assert.equal(await fitting(of([-1, 1])), wanted, dtype);
    const both = new Set([...wanted.split(' '), 'object']);
    assert.equal(await fitting(of([-1, 2])), [...both].join(' '), `${dtype}, several a row`);
  }
});

test('columns', async () => {
  const of = (type: object): Schema => ({ kind: 'columns', columns: [{ name: 'y', type, required: true } as never] });
  for (const scalar of ['double', 'float', 'integer', 'long', 'boolean', 'string'])
    assert.equal(await fitting(of({ kind: 'scalar', scalar })), scalar);
  assert.equal(await fitting(of({ kind: 'array', items: { kind: 'any' } })), 'object');
  assert.equal(await fitting(of({ kind: 'any' })), Object.keys(VALUES).join(' '));
});
