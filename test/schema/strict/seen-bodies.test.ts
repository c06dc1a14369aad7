// A body whose shape was seen before gets the table that the caster makes of it, bit by bit, or goes to the caster.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { Beside } from '../../../src/schema/beside.js';
import type { CastResult } from '../../../src/schema/cast-types.js';
import { SeenBodies } from '../../../src/schema/strict/seen/seen-bodies.js';
import type { ScalarName, Signature } from '../../../src/schema/types.js';
import { jsonCaster } from '../../../src/scoring/cast-strict-request.js';

const NAMES = ['a', 'b 1', 'ü"\\2'];

const signatureOf = (...types: readonly ScalarName[]): Signature => ({
  inputs: {
    kind: 'columns',
    columns: types.map((scalar, i) => ({ name: NAMES[i]!, type: { kind: 'scalar', scalar }, required: true })),
  },
  outputs: null,
  params: null,
});

const DOUBLES = signatureOf('double', 'double', 'double');

/** Says which bodies the caster itself was asked about. */
function watched(signature: Signature, beside = new Beside()) {
  const cast = jsonCaster(signature, beside);
  const asked: string[] = [];
  const seen = new SeenBodies((body) => {
    asked.push(body.toString());
    return cast(body);
  });
  return {
    asked,
    plainCast: (body: string) => cast(Buffer.from(body)),
    cast: (body: string) => seen.cast(Buffer.from(body)),
    /** Whether the answer came from a shape that was seen; it must be the caster's in any case. */
    isSeen(body: string): boolean {
      const before = asked.length;
      sameResult(seen.cast(Buffer.from(body)), cast(Buffer.from(body)), body);
      return asked.length === before;
    },
  };
}

function sameResult(found: CastResult, wanted: CastResult, body: string): void {
  if (!wanted.ok || !found.ok) {
    assert.deepEqual(found, wanted, body);
    return;
  }
  const plain = ({ table, params, warnings }: typeof wanted) => ({
    params: params && [...params],
    warnings,
    rows: table.rows,
    columns: table.columns.map(({ name, type, values, nulls }) => ({
      name,
      type,
      nulls,
      class: values.constructor,
      values: Array.from(values as Iterable<unknown>),
    })),
  });
  assert.deepEqual(plain(found), plain(wanted), body);
}

type Rows = readonly (readonly string[])[];
const records = (rows: Rows, names = NAMES): string =>
  rows.map((row) => `{${row.map((cell, i) => `${JSON.stringify(names[i])}: ${cell}`).join(', ')}}`).join(', ');
const grid = (rows: Rows): string => rows.map((row) => `[${row.join(',')}]`).join(', ');
const header = JSON.stringify(NAMES);

const FORMS: Readonly<Record<string, (rows: Rows) => string>> = {
  split: (rows) => `{"dataframe_split": {"columns": ${header}, "data": [${grid(rows)}]}}`,
  'split, columns last': (rows) => `{"dataframe_split":{"data":[${grid(rows)}],"columns":${header}}}`,
  'split with an index of texts': (rows) =>
    `{"dataframe_split":{"columns":${header},"index":[${rows.map(() => '"i"')}],"data":[${grid(rows)}]}}`,
  records: (rows) => `{"dataframe_records": [${records(rows)}]}`,
  'records in another order': (rows) =>
    `{"dataframe_records": [${records(
      rows.map((row) => row.toReversed()),
      NAMES.toReversed(),
    )}]}`,
  instances: (rows) => `{"instances": [${records(rows)}]}`,
  'inputs, a list of objects': (rows) => `{"inputs": [${records(rows)}]}`,
  'inputs, columns': (rows) =>
    `{"inputs": {${NAMES.map((name, i) => `${JSON.stringify(name)}: [${rows.map((row) => row[i])}]`)}}}`,
  'inputs, one row': ([row]) => `{"inputs": {${NAMES.map((name, i) => `${JSON.stringify(name)}: ${row![i]}`)}}}`,
  'blanks and lines': (rows) => `\n{ "dataframe_split" : { "columns" : ${header},\n"data" : [\n${grid(rows)}\n] } }\n`,
};

const three = (row: readonly string[]): Rows => [row, row.toReversed(), row];

describe('the second body of a shape is not parsed', () => {
  for (const [name, bodyOf] of Object.entries(FORMS)) {
    const oneRow = name === 'inputs, one row';
    // Columns of lists have the same shape only for the same number of rows.
    const isByColumn = name === 'inputs, columns';
    const manyToo = !oneRow && !name.includes('index');
    test(name, () => {
      const { isSeen } = watched(DOUBLES);
      const isWarned = name.includes('index');
      assert.equal(isSeen(bodyOf([['1', '2', '3']])), false);
      assert.equal(isSeen(bodyOf([['0.5', '-0', '1e3']])), !isWarned);
      assert.equal(isSeen(bodyOf(three(['1', '2', '3']))), oneRow);
      assert.equal(isSeen(bodyOf(three(['4.5', '-5', '6E-3']))), manyToo || oneRow);
      assert.equal(isSeen(bodyOf([...three(['7', '8', '9']), ['-1', '-2', '-3']])), (manyToo && !isByColumn) || oneRow);
      assert.equal(isSeen(bodyOf([['1', '2', '30']])), !isWarned);
    });
  }
});

const SPELLINGS = [
  '0',
  '-0',
  '0.0',
  '1',
  '-1.5',
  '007',
  '1.',
  '.5',
  '+1',
  '1e5',
  '1E+5',
  '1e',
  '1e-400',
  '1e400',
  '0e0',
  '-',
  '--1',
  '1-1',
  '1.2.3',
]
  .concat([
    '9007199254740993',
    '9007199254740992',
    '123456789012345678',
    '0.1234567890123456789',
    '0.30000000000000004',
  ])
  .concat([
    '5e-324',
    '2147483648',
    '-2147483649',
    '16777217',
    '3.4e39',
    '1e-46',
    'NaN',
    'Infinity',
    '-Infinity',
    'null',
    'true',
    '"1"',
    '[1]',
    '',
  ]);

for (const [name, types] of Object.entries({
  doubles: ['double', 'double', 'double'],
  'other numbers': ['float', 'integer', 'long'],
}))
  test(`${name}: every spelling gets the verdict and the value of the caster`, () => {
    const { isSeen } = watched(signatureOf(...(types as ScalarName[])));
    for (const bodyOf of Object.values(FORMS)) {
      isSeen(bodyOf([['1', '2', '3']]));
      isSeen(bodyOf(three(['1', '2', '3'])));
      for (const place of [0, 1, 2])
        for (const spelling of SPELLINGS) {
          const row = ['1', '2', '3'].with(place, spelling);
          isSeen(bodyOf([row]));
          isSeen(bodyOf([['1', '2', '3'], row, ['1', '2', '3']]));
        }
    }
  });

test('whatever is changed in a body, the answer is that of the caster', () => {
  const number = fc.oneof(
    fc.double({ noNaN: true }).map((x) => (Number.isFinite(x) ? JSON.stringify(x) : '1')),
    fc.constantFrom(...SPELLINGS),
  );
  const rows = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 4 });
  const change = fc.record({
    at: fc.nat(),
    cut: fc.nat(3),
    put: fc.constantFrom('', ',', '[', ']', '1', '-', '.', '"', '\\', ' ', 'e'),
  });
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(FORMS)),
      fc.array(rows, { maxLength: 6 }),
      change,
      (bodyOf, bodies, { at, cut, put }) => {
        const { isSeen } = watched(DOUBLES);
        isSeen(bodyOf([['1', '2', '3']]));
        isSeen(bodyOf(three(['1', '2', '3'])));
        for (const body of bodies.map(bodyOf)) {
          isSeen(body);
          const place = at % body.length;
          isSeen(body.slice(0, place) + put + body.slice(place + cut));
        }
      },
    ),
    { numRuns: 400 },
  );
});

test('numbers that are not cells keep a body from being seen', () => {
  const { isSeen } = watched({
    ...DOUBLES,
    params: [{ name: 'n', type: { kind: 'scalar', scalar: 'long' }, shape: null, default: 1n } as never],
  });
  const bodyOf = (n: number) => `{"dataframe_split":{"columns":${header},"data":[[1,2,3]]},"params":{"n":${n}}}`;
  for (const n of [1, 2, 3]) assert.equal(isSeen(bodyOf(n)), false);
});

test('columns that are ignored or texts keep a body from being seen', () => {
  const beside = new Beside({ keep: [], ignore: ['d'], leftOut: [] });
  const { isSeen } = watched(DOUBLES, beside);
  const bodyOf = (d: string) =>
    `{"dataframe_records": [{"a": 1, "b 1": 2, ${JSON.stringify(NAMES[2])}: 3, "d": ${d}}]}`;
  for (const d of ['4', '5', '"x"', '"y"']) assert.equal(isSeen(bodyOf(d)), false);
  const { isSeen: isText } = watched(signatureOf('double', 'string'));
  for (const text of ['x', 'x', 'y'])
    assert.equal(isText(`{"dataframe_records": [{"a": 1, "b 1": "${text}"}]}`), false);
});

test('shapes that never come again are not learned for ever', () => {
  const { isSeen, asked } = watched(DOUBLES);
  const bodyOf = (blanks: number) => `{${' '.repeat(blanks)}"instances": [${records([['1', '2', '3']])}]}`;
  for (let i = 0; i < 200; i++) isSeen(bodyOf(i));
  const before = asked.length;
  isSeen(bodyOf(1000));
  isSeen(bodyOf(1001));
  assert.equal(asked.length - before, 2);
});

test('a body of many more numbers than one that was seen goes to the caster', () => {
  const { cast, asked } = watched(DOUBLES);
  const bodyOf = FORMS.split!;
  for (const rows of [2, 3]) cast(bodyOf(new Array(rows).fill(['1', '2', '3'])));
  const before = asked.length;
  const counts = [80_000, 90_000].map((rows) => {
    const result = cast(bodyOf(new Array(rows).fill(['1', '2', '3'])));
    return result.ok && result.table.rows;
  });
  assert.deepEqual([...counts, asked.length - before], [80_000, 90_000, 1]);
});
