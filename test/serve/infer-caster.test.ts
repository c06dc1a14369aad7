// Inference requests of one shape, one after the other: each gets what a caster that saw none before makes of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MlctlError } from '../../src/errors/error.js';
import { Beside } from '../../src/schema/beside.js';
import type { ScalarName, Signature } from '../../src/schema/types.js';
import { inferCaster } from '../../src/serve/v2/infer-caster.js';

const NAMES = ['a', 'shape', 'data'];

const signatureOf = (types: readonly ScalarName[]): Signature => ({
  inputs: {
    kind: 'columns',
    columns: types.map((scalar, i) => ({ name: NAMES[i]!, type: { kind: 'scalar', scalar }, required: true })),
  },
  outputs: null,
  params: null,
});

const plainOf = (cast: (body: Uint8Array) => unknown, body: string): unknown => {
  try {
    return JSON.parse(
      JSON.stringify(cast(Buffer.from(body)), (_key, value) => {
        if (typeof value === 'bigint') return `${value}n`;
        if (Object.is(value, -0)) return '-0';
        return ArrayBuffer.isView(value) ? [value.constructor.name, ...(value as Float64Array)] : value;
      }),
    );
  } catch (error) {
    if (error instanceof MlctlError) return error.message;
    throw error;
  }
};

const bodyOf = (datatypes: readonly string[], columns: readonly (readonly string[])[], more = ''): string =>
  `{"inputs":[${columns
    .map((data, i) => `{"name":"${NAMES[i]}","shape":[${data.length},1],"datatype":"${datatypes[i]}","data":[${data}]}`)
    .join(', ')}]${more}}`;

const CELLS = [
  '0',
  '1',
  '-1',
  '127',
  '128',
  '-129',
  '255',
  '256',
  '65504',
  '65520',
  '2147483648',
  '9007199254740993',
  '0.1',
  '-0',
  '-0.0',
].concat([
  '1e3',
  '1e-400',
  '3.4e39',
  '5.0',
  '16777217',
  '0.30000000000000004',
  'null',
  'true',
  '"1"',
  'NaN',
  '[1]',
  '01',
  '1.',
]);
const TYPES: readonly ScalarName[] = ['double', 'float', 'integer', 'long'];
const DATATYPES = ['FP64', 'FP32', 'FP16', 'INT8', 'UINT8', 'INT32', 'INT64', 'UINT64'];

for (const type of TYPES)
  test(`a ${type}: every datatype and spelling, after others of the same shape`, () => {
    const signature = signatureOf([type, type]);
    for (const datatype of DATATYPES) {
      const cast = inferCaster(signature, new Beside());
      for (const first of ['2', '3', '4'])
        plainOf(
          cast,
          bodyOf(
            [datatype, datatype],
            [
              [first, '5'],
              ['6', '7'],
            ],
          ),
        );
      for (const cell of CELLS) {
        const body = bodyOf(
          [datatype, datatype],
          [
            ['1', cell],
            [cell, '2'],
          ],
        );
        assert.deepEqual(plainOf(cast, body), plainOf(inferCaster(signature, new Beside()), body), body);
      }
    }
  });

test('whatever comes after what, the answer is that of a caster that saw none before', () => {
  const cell = fc.oneof(
    fc.constantFrom(...CELLS),
    fc.integer().map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  );
  const columns = fc
    .integer({ min: 1, max: 3 })
    .chain((rows) => fc.array(fc.array(cell, { minLength: rows, maxLength: rows }), { minLength: 2, maxLength: 2 }));
  const more = fc.constantFrom('', ',"id":"7"', ',"outputs":[{"name":"y"}]', ',"parameters":{"shape":[3]}');
  const change = fc.record({ at: fc.nat(), put: fc.constantFrom('', '1', ',', ']', '"', ' ', '-') });
  const request = fc.record({
    columns,
    more,
    change,
    datatypes: fc.array(fc.constantFrom(...DATATYPES), { minLength: 2, maxLength: 2 }),
  });
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...TYPES), { minLength: 2, maxLength: 2 }),
      fc.array(request, { maxLength: 4 }),
      (types, requests) => {
        const signature = signatureOf(types);
        const cast = inferCaster(signature, new Beside());
        for (const {
          columns: given,
          more: rest,
          change: { at, put },
          datatypes,
        } of requests)
          for (const wanted of [datatypes, ['FP64', 'FP64']]) {
            const body = bodyOf(wanted, given, rest);
            const place = at % body.length;
            for (const sent of [body, body, body.slice(0, place) + put + body.slice(place + 1)])
              assert.deepEqual(plainOf(cast, sent), plainOf(inferCaster(signature, new Beside()), sent), sent);
          }
      },
    ),
    { numRuns: 300, seed: 42 },
  );
});

test('what was asked for besides the rows is that of the request', () => {
  const cast = inferCaster(signatureOf(['double']), new Beside());
  for (const id of ['x', 'x', 'y', 'x'])
    for (const cell of ['1', '2']) {
      const result = cast(Buffer.from(bodyOf(['FP64'], [[cell]], `,"id":"${id}","outputs":[{"name":"${id}"}]`)));
      assert.ok(result.ok);
      assert.deepEqual([result.id, result.outputs, result.table.columns[0]!.values[0]], [id, [id], Number(cell)]);
    }
});

test('the second body of a large shape has all its numbers', () => {
  const data = Array.from({ length: 5000 }, (_, i) => `${i}.5`);
  const body = bodyOf(['FP64', 'FP64', 'FP64'], [data, data, data]);
  const signature = signatureOf(['double', 'double', 'double']);
  const cast = inferCaster(signature, new Beside());
  const first = plainOf(cast, body);
  assert.deepEqual(plainOf(cast, body), first);
  assert.deepEqual(plainOf(cast, body), first);
});
