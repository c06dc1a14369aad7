// What a changed signature breaks for callers of the old one: the verdict that promote gives, and whoever compares two models.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { castJsonDocument } from '../../src/schema/cast.js';
import { compareSignatures } from '../../src/schema/compare-signatures.js';
import { parseSignature } from '../../src/schema/parse-signature.js';
import type { Signature } from '../../src/schema/types.js';

const signature = (parts: { inputs?: unknown; outputs?: unknown; params?: unknown }): Signature => {
  const text = (part: unknown) => (part === undefined ? null : JSON.stringify(part));
  const parsed = parseSignature({
    inputs: text(parts.inputs),
    outputs: text(parts.outputs),
    params: text(parts.params),
  });
  assert.ok(parsed);
  return parsed;
};
const column = (name: string, type: string, required = true) => ({ type, name, required });
const tensor = (name: string, dtype: string, shape: number[]) => ({
  type: 'tensor',
  name,
  'tensor-spec': { dtype, shape },
});
/** `inputs a removed!`: `!` where it breaks callers. */
const told = (before: Signature | null, after: Signature | null) =>
  compareSignatures(before, after).map(
    ({ part, name, change, breaking }) => `${part} ${name ?? '*'} ${change}${breaking ? '!' : ''}`,
  );
const inputs = (...columns: unknown[]) => signature({ inputs: columns });

test('inputs: what old callers send must still be taken', () => {
  const one = inputs(column('a', 'double'), column('b', 'long'));
  const cases: [Signature, Signature, string[]][] = [
    [one, one, []],
    [one, inputs(column('a', 'double')), ['inputs b removed!']],
    [one, inputs(column('a', 'double'), column('b', 'long'), column('c', 'string')), ['inputs c added!']],
    [one, inputs(column('a', 'double'), column('b', 'long'), column('c', 'string', false)), ['inputs c added']],
    [one, inputs(column('b', 'long'), column('a', 'double')), ['inputs * order!']],
    [one, inputs(column('a', 'double', false), column('b', 'long')), ['inputs a required']],
    [inputs(column('a', 'double', false)), inputs(column('a', 'double')), ['inputs a required!']],
    [inputs(column('a', 'integer')), inputs(column('a', 'long')), ['inputs a type']],
    [inputs(column('a', 'float')), inputs(column('a', 'double')), ['inputs a type']],
    [inputs(column('a', 'double')), inputs(column('a', 'float')), ['inputs a type!']],
    [inputs(column('a', 'long')), inputs(column('a', 'double')), ['inputs a type!']],
    [inputs(column('a', 'string')), inputs(column('A', 'string')), ['inputs a removed!', 'inputs A added!']],
    [inputs(tensor('x', 'float64', [-1, 4])), inputs(tensor('x', 'float32', [-1, 4])), ['inputs x type!']],
    [inputs(tensor('x', 'float64', [-1, 4])), inputs(tensor('x', 'float64', [-1, 5])), ['inputs x shape!']],
    [inputs(tensor('x', 'float64', [2, 4])), inputs(tensor('x', 'float64', [-1, 4])), ['inputs x shape']],
    [inputs(tensor('x', 'float64', [-1, 4])), inputs(column('x', 'double')), ['inputs * kind!']],
  ];
  for (const [before, after, expected] of cases) assert.deepEqual(told(before, after), expected);
});

test('outputs: what old callers read must still come', () => {
  const outputs = (...columns: unknown[]) => signature({ inputs: [column('a', 'double')], outputs: columns });
  const one = outputs(column('label', 'long'), column('p', 'double'));
  const cases: [Signature, Signature, string[]][] = [
    [one, outputs(column('label', 'string'), column('p', 'double')), ['outputs label type!']],
    [one, outputs(column('label', 'long')), ['outputs p removed!']],
    [one, outputs(column('label', 'long'), column('p', 'double'), column('q', 'double')), ['outputs q added']],
    [one, outputs(column('p', 'double'), column('label', 'long')), ['outputs * order']],
    [outputs(column('x', 'integer')), outputs(column('x', 'long')), ['outputs x type!']],
    [outputs(column('x', 'long')), outputs(column('x', 'long', false)), ['outputs x required!']],
    [outputs(column('x', 'long', false)), outputs(column('x', 'long')), ['outputs x required']],
  ];
  for (const [before, after, expected] of cases) assert.deepEqual(told(before, after), expected);
  assert.deepEqual(told(one, inputs(column('a', 'double'))), ['outputs * removed!']);
});

test('params, and models without a signature', () => {
  const params = (...list: unknown[]) => signature({ inputs: [column('a', 'double')], params: list });
  const param = (name: string, type: string, value: unknown) => ({ name, type, default: value, shape: null });
  const one = params(param('t', 'double', 0.5));
  assert.deepEqual(told(one, params()), ['params t removed!']);
  assert.deepEqual(told(params(), one), ['params t added']);
  assert.deepEqual(told(one, params(param('t', 'double', 0.7))), ['params t default']);
  assert.deepEqual(told(one, params(param('t', 'long', 1))), ['params t type!']);
  const plain = inputs(column('a', 'double'));
  assert.deepEqual(told(null, plain), ['inputs * added']);
  assert.deepEqual(told(plain, null), ['inputs * removed!']);
  assert.deepEqual(told(null, null), []);
});

test('rows that one type accepts are accepted by every type that it may become without breaking', () => {
  const values: Record<string, unknown[]> = {
    boolean: [true, false],
    integer: [0, -2147483648, 2147483647],
    long: [0, 9007199254740991],
    float: [0, 1.5, 3],
    double: [0, 0.1, 1e300],
    string: ['', 'a', '12'],
    datetime: ['2024-01-02T03:04:05'],
    binary: ['AQI='],
  };
  let compatible = 0;
  for (const from of Object.keys(values))
    for (const to of [...Object.keys(values), 'any'])
      for (const required of [true, false]) {
        const before = inputs(column('a', from));
        const after = inputs(column('a', to, required));
        if (compareSignatures(before, after).some(({ breaking }) => breaking)) continue;
        compatible += 1;
        for (const value of values[from] ?? []) {
          const body = JSON.stringify({ dataframe_split: { columns: ['a'], data: [[value]] } });
          if (!castJsonDocument(body, before).ok) continue;
          assert.ok(castJsonDocument(body, after).ok, `${from} to ${to}: ${JSON.stringify(value)}`);
        }
      }
  assert.ok(compatible > 2 * Object.keys(values).length, 'more than the equal types');
});
