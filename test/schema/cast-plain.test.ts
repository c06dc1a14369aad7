// Rows of a program get the verdict and the values of the same rows written as JSON, whatever they hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Beside } from '../../src/schema/beside.js';
import { castJsonDocument } from '../../src/schema/cast.js';
import { castPlain, castPlainStrict } from '../../src/schema/cast-plain.js';
import type { ColumnType, ScalarName, Signature } from '../../src/schema/types.js';
import { assertGrowsWithInput } from '../support/growth.js';

const scalar = (name: ScalarName): ColumnType => ({ kind: 'scalar', scalar: name });
const TYPES: Record<string, ColumnType> = {
  d: scalar('double'),
  f: scalar('float'),
  l: scalar('long'),
  i: scalar('integer'),
  b: scalar('boolean'),
  s: scalar('string'),
  t: scalar('datetime'),
  any: { kind: 'any' },
  map: { kind: 'map', values: scalar('string') },
};
const signatureOf = (required: boolean): Signature => ({
  inputs: { kind: 'columns', columns: Object.entries(TYPES).map(([name, type]) => ({ name, type, required })) },
  outputs: null,
  params: [{ name: 'p', type: scalar('double'), default: 1, shape: null }],
});

/** JSON.stringify writes a large integer with fewer digits than it has, and a negative zero without its sign. */
const isWrittenWhole = (value: number): boolean =>
  !Object.is(value, -0) && (Number.isSafeInteger(value) || !Number.isInteger(value));
const numbers = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(2 ** 24 + 1, 0.1, 1e-320))
  .filter(isWrittenWhole);
const texts = fc.oneof(fc.string(), fc.constantFrom('2026-11-30T12:00:00', 'nan', '\u0000', 'é'));
const cell = fc.oneof(
  numbers,
  texts,
  fc.boolean(),
  fc.constant(null),
  fc.dictionary(fc.string(), texts),
  fc.array(texts),
);
const good = {
  d: numbers,
  f: fc.float({ noNaN: true, noDefaultInfinity: true }).filter(isWrittenWhole),
  l: fc.maxSafeInteger(),
  i: fc.integer(),
  b: fc.boolean(),
  s: fc.string(),
  t: fc.constant('2026-11-30T12:00:00'),
  any: cell,
  map: fc.dictionary(fc.string(), fc.string()),
};
const row = fc.oneof(
  fc.record(good),
  fc.record(good, { requiredKeys: [] }),
  fc.dictionary(fc.constantFrom(...Object.keys(TYPES), 'D', 'extra'), cell),
);

test('the same table, params and findings as of JSON', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 4 }), fc.boolean(), fc.option(cell), (rows, required, p) => {
      const signature = signatureOf(required);
      const params = p === null ? undefined : { p };
      const plain = castPlainStrict({ rows, params }, signature, new Beside());
      const written = castJsonDocument(JSON.stringify({ dataframe_records: rows, params }), signature);
      assert.deepEqual(plain.result, written);
    }),
    { numRuns: 2000 },
  );
});

const columnsOf = (names: Record<string, ColumnType>): Signature => ({
  inputs: { kind: 'columns', columns: Object.entries(names).map(([name, type]) => ({ name, type, required: true })) },
  outputs: null,
  params: null,
});
const valuesOf = (rows: unknown, signature: Signature): unknown[] => {
  const { result } = castPlainStrict({ rows }, signature, new Beside());
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result.findings));
  return result.table.columns.map(({ values }) => [...(values as Iterable<unknown>)]);
};

test('what JSON has no word for: bigints, dates, bytes, whole numbers in lists of doubles, large doubles, negative zero', () => {
  assert.deepEqual(
    valuesOf(
      [{ l: 2n ** 62n, d: 2 ** 64, z: -0 }],
      columnsOf({ l: scalar('long'), d: scalar('double'), z: scalar('double') }),
    ),
    [[2n ** 62n], [2 ** 64], [-0]],
  );
  assert.deepEqual(
    valuesOf(
      [{ t: new Date(1500), b: Uint8Array.of(1, 2) }],
      columnsOf({ t: scalar('datetime'), b: scalar('binary') }),
    ),
    [[1_500_000_000n], [new Uint8Array(Buffer.from([1, 2]))]],
  );
  const list: ColumnType = { kind: 'array', items: scalar('double') };
  assert.deepEqual(valuesOf([{ v: [2, 3] }, { v: [2.5, 3] }], columnsOf({ v: list })), [
    [
      [2, 3],
      [2.5, 3],
    ],
  ]);
  assert.deepEqual(
    valuesOf([{ m: new Map([['a', 2]]) }], columnsOf({ m: { kind: 'map', values: scalar('double') } })),
    [[Object.assign(Object.create(null), { a: 2 })]],
  );
});

test('typed arrays are columns, and NaN in them is a missing value', () => {
  const signature: Signature = {
    inputs: {
      kind: 'columns',
      columns: [
        { name: 'd', type: scalar('double'), required: false },
        { name: 'l', type: scalar('long'), required: true },
      ],
    },
    outputs: null,
    params: null,
  };
  const rows = { l: BigInt64Array.of(1n, 2n), d: Float64Array.of(0.5, Number.NaN) };
  const { result, form } = castPlainStrict({ rows }, signature, new Beside());
  assert.equal(form, 'columns');
  assert.ok(result.ok);
  assert.deepEqual(result.table.columns[0]?.nulls, Uint8Array.of(0, 1));
  assert.deepEqual(result.table.columns[1]?.values, rows.l);
});

test('tensors: objects of lists, lists alone, and rows', async () => {
  const one: Signature = {
    inputs: { kind: 'tensors', tensors: [{ name: undefined, dtype: 'float32', shape: [-1, 2] }] },
    outputs: null,
    params: null,
  };
  assert.deepEqual(
    valuesOf(
      [
        [1, 2],
        [3, 4],
      ],
      one,
    ),
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  );
  assert.deepEqual(valuesOf([Float32Array.of(1, 2)], one), [[[1, 2]]]);
  const two: Signature = {
    inputs: { kind: 'tensors', tensors: ['a', 'b'].map((name) => ({ name, dtype: 'int64', shape: [-1] })) },
    outputs: null,
    params: null,
  };
  assert.deepEqual(valuesOf({ a: [1, 2], b: [3, 4] }, two), [
    [1n, 2n],
    [3n, 4n],
  ]);
  assert.deepEqual(
    valuesOf(
      [
        { a: 1, b: 3 },
        { a: 2, b: 4 },
      ],
      two,
    ),
    [
      [1n, 2n],
      [3n, 4n],
    ],
  );
  const theirs = await castPlain({ rows: { a: [1, 2], b: [3, 4] } }, two, 'mlflow', new Beside());
  assert.ok(theirs.result.ok);
});

test('the work grows with the columns, also if all of them are wrong', async () => {
  const wide = (count: number) => {
    const names = Array.from({ length: count }, (_, i) => `feature_${i}`);
    const signature = columnsOf(Object.fromEntries(names.map((name) => [name, scalar('double')])));
    const rows = [Object.fromEntries(names.map((name) => [`${name}x`, 'x']))];
    return () => void castPlainStrict({ rows }, signature, new Beside());
  };
  await assertGrowsWithInput('a row of unknown columns', 500, wide);
});

/** Milliseconds of this process's processors for one check of a row, the least of a few. */
function checkTime(width: number): number {
  const columns = Array.from({ length: width }, (_, i) => ({
    name: `column ${i}`,
    type: Object.values(TYPES)[i % 6]!,
    required: true,
  }));
  const signature: Signature = { inputs: { kind: 'columns', columns }, outputs: null, params: null };
  const cell = (i: number): unknown => [1.5, 0.5, 7n, 7, true, 'word'][i % 6];
  const rows = [Object.fromEntries(columns.map(({ name }, i) => [name, cell(i)]))];
  const beside = new Beside();
  const turns = Math.ceil(6000 / width);
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 30; i++) {
    const before = process.cpuUsage();
    for (let turn = 0; turn < turns; turn++) assert.ok(castPlainStrict({ rows }, signature, beside).result.ok);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000 / turns);
  }
  return least;
}

test('a row of 600 columns is checked at once, and the time grows with the columns and not with their square', () => {
  const [narrow, wide] = [checkTime(600), checkTime(6000)];
  // The bound for a quiet machine is a figure of the bench; here it holds on a busy one.
  assert.ok(narrow < 5, `${narrow} ms for 600 columns`);
  // Ten times the columns; what no longer fits the caches of the processor takes a little more.
  assert.ok(wide <= 30 * narrow, `${wide} ms for 6,000 columns, ${narrow} ms for 600`);
});
