// The same row gets the same verdict, and the same values, by every road that can carry it; names are only ever data.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../../src/data/json.js';
import type { JsonObject } from '../../../src/data/json-types.js';
import type { ArrowType } from '../../../src/data/parquet/arrow-type.js';
import type { Column } from '../../../src/data/table.js';
import { castCsv, castJsonDocument, castRecords, openParquetCaster } from '../../../src/schema/cast.js';
import type { CastResult } from '../../../src/schema/cast-types.js';
import type { ColumnSpec, ScalarName, Signature } from '../../../src/schema/types.js';

const TYPES: readonly ScalarName[] = ['double', 'float', 'integer', 'long', 'boolean', 'string'];
const NUMBERS = [
  '0',
  '1',
  '-1',
  '-0.0',
  '1.5',
  '2.0',
  '1e2',
  '1E-7',
  '16777217',
  '2147483647',
  '2147483648',
  '-2147483649',
  '9007199254740992',
  '9007199254740993',
  '9223372036854775807',
  '9223372036854775808',
  '1e39',
  '1e400',
  '1e-400',
  '1e-50',
  '0.1',
  '3.4028235e38',
  '123456789.123456789',
  '1.00000000000000000001',
  '100000000000000000000000',
  '0.3745401188473625',
  '17976931348623157e292',
]; // prettier-ignore
const TEXTS = [
  'x',
  'a,b',
  'say "q"',
  'two\nlines',
  'é😀',
  ' blank ',
  '\u202eoverride',
  'yes',
  '1_000',
  '0x10',
  '12abc',
];

/** A cell as JSON text, in the words of the column's type or of another: text that looks like a number has no JSON twin in CSV. */
const cellOf = (type: ScalarName): fc.Arbitrary<string> => {
  const number = fc.oneof(
    fc.constantFrom(...NUMBERS),
    fc.double({ noDefaultInfinity: true, noNaN: true }).map((v) => JSON.stringify(v)),
    fc.maxSafeInteger().map(String),
  );
  const text = fc.constantFrom(...TEXTS).map((s) => JSON.stringify(s));
  const boolean = fc.constantFrom('true', 'false');
  const own = type === 'string' ? text : type === 'boolean' ? boolean : number;
  const other = type === 'string' ? fc.constant('null') : type === 'boolean' ? text : fc.oneof(text, boolean);
  return fc.oneof(
    { weight: 12, arbitrary: own },
    { weight: 1, arbitrary: other },
    { weight: 1, arbitrary: fc.constant('null') },
  );
};

interface Sample {
  readonly columns: readonly ColumnSpec[];
  /** JSON text of each cell. */
  readonly rows: readonly (readonly string[])[];
}

const sample: fc.Arbitrary<Sample> = fc
  .array(fc.record({ scalar: fc.constantFrom(...TYPES), required: fc.boolean() }), { minLength: 1, maxLength: 4 })
  .chain((types) => {
    const columns = types.map(
      ({ scalar, required }, i): ColumnSpec => ({ name: `c${i}`, type: { kind: 'scalar', scalar }, required }),
    );
    const row = fc.tuple(...types.map(({ scalar }) => cellOf(scalar)));
    return fc.record({ columns: fc.constant(columns), rows: fc.array(row, { minLength: 1, maxLength: 4 }) });
  });

const csvCell = (json: string): string => {
  const value = json.startsWith('"') ? (JSON.parse(json) as string) : json;
  if (json === 'null') return '';
  return json.startsWith('"') ? `"${value.replaceAll('"', '""')}"` : value;
};

function roadsOf({ columns, rows }: Sample): Record<string, CastResult> {
  const signature: Signature = { inputs: { kind: 'columns', columns }, outputs: null, params: null };
  const names = columns.map(({ name }) => name!);
  const records = rows.map((row) => `{${row.map((cell, i) => `${JSON.stringify(names[i])}:${cell}`).join(',')}}`);
  const byColumn = names.map((name, i) => `${JSON.stringify(name)}:[${rows.map((row) => row[i]).join(',')}]`);
  const json = (body: string): CastResult => castJsonDocument(`{${body}}`, signature);
  return {
    split: json(
      `"dataframe_split":{"columns":${JSON.stringify(names)},"data":[${rows.map((row) => `[${row.join(',')}]`)}]}`,
    ),
    records: json(`"dataframe_records":[${records}]`),
    inputs: json(`"inputs":{${byColumn}}`),
    inputRows: json(`"inputs":[${records}]`),
    instances: json(`"instances":[${records}]`),
    ndjson: castRecords(
      records.map((record) => parseJson(record) as JsonObject),
      0,
      signature,
    ),
    csv: castCsv(`${names.join(',')}\n${rows.map((row) => `${row.map(csvCell).join(',')}\n`).join('')}`, signature),
  }; // prettier-ignore
}

/** Where something is wrong; which of two clashing cells is named is the same on every road. */
const places = (result: CastResult): unknown =>
  result.ok ? 'ok' : result.findings.map(({ row, column }) => `${row} ${column}`).sort();

test('CSV, NDJSON and every JSON form agree on verdict, places and values', () => {
  let good = 0;
  let bad = 0;
  fc.assert(
    fc.property(sample, (item) => {
      // One empty cell alone is a blank line, which CSV cannot tell from no row at all.
      fc.pre(item.columns.length > 1 || item.rows.every(([cell]) => cell !== 'null'));
      const { split, ...others } = roadsOf(item);
      if (split!.ok) good++;
      else bad++;
      for (const [road, result] of Object.entries(others)) {
        assert.deepEqual(places(result), places(split!), road);
        if (result.ok && split!.ok) assert.deepEqual(result.table, split!.table, road);
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(good > 300 && bad > 300, `${good} accepted, ${bad} refused`);
});

const PARQUET: Readonly<Record<string, ArrowType>> = {
  double: { kind: 'float', bits: 64 },
  float: { kind: 'float', bits: 32 },
  integer: { kind: 'int', bits: 32, signed: true },
  long: { kind: 'int', bits: 64, signed: true },
  boolean: { kind: 'bool' },
  string: { kind: 'string' },
};

test('rows accepted as JSON are accepted as Parquet with the same values', () => {
  fc.assert(
    fc.property(sample, (item) => {
      const { split } = roadsOf(item);
      fc.pre(split!.ok);
      if (!split!.ok) return;
      const { table } = split!;
      const signature: Signature = { inputs: { kind: 'columns', columns: item.columns }, outputs: null, params: null };
      const plain = (column: Column): unknown[] =>
        Array.from(column.values as ArrayLike<unknown>, (value, i) =>
          column.nulls?.[i] === 1 ? null : column.type === 'boolean' ? value === 1 : value,
        );
      // Columns in any order: a Parquet file is read by name.
      const file = table.columns.map(({ name, type }) => ({ name, type: PARQUET[type]!, isIndex: false })).reverse();
      const caster = openParquetCaster(signature, file);
      const batch = caster.cast(new Map(table.columns.map((column) => [column.name, plain(column)])), 0, table.rows);
      assert.deepEqual(caster.findings.kept, []);
      assert.deepEqual(batch.table, table);
    }),
    { numRuns: 500 },
  );
});

const HOSTILE = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'x'.repeat(10_000),
  '\u202egnp.exe',
  'é',
  'e\u0301',
  ' a',
  'a',
  'A',
  'a;b',
  'line\nbreak',
  '"q"',
  "it's",
  '0',
  '-1',
  '\0',
];

test('hostile names are ordinary columns', () => {
  const columns = HOSTILE.map(
    (name): ColumnSpec => ({ name, type: { kind: 'scalar', scalar: 'long' }, required: true }),
  );
  const rows = [HOSTILE.map((_, i) => String(i)), HOSTILE.map((_, i) => String(-i))];
  const signature: Signature = { inputs: { kind: 'columns', columns }, outputs: null, params: null };
  const header = HOSTILE.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  const results = {
    ...roadsOf({ columns, rows }),
    csv: castCsv(`${header}\n${rows.map((row) => `${row.join(',')}\n`).join('')}`, signature),
  };
  for (const [road, result] of Object.entries(results)) {
    assert.ok(result.ok, `${road}: ${result.ok || result.findings[0]!.message}`);
    assert.deepEqual(
      result.table.columns.map(({ name }) => name),
      HOSTILE,
      road,
    ); // prettier-ignore
    assert.deepEqual(
      result.table.columns.map(({ values }) => values[1]),
      HOSTILE.map((_, i) => BigInt(-i)),
      road,
    ); // prettier-ignore
  }
  // Each name alone against a signature of the others: unknown, with the near miss told and nothing printed raw.
  for (const name of HOSTILE) {
    const others = {
      ...signature,
      inputs: { kind: 'columns' as const, columns: columns.filter((column) => column.name !== name) },
    };
    const result = castJsonDocument(`{"dataframe_records":[{${JSON.stringify(name)}:1}]}`, others);
    assert.ok(!result.ok);
    const unknown = result.findings.find(({ code }) => code === 'SCHEMA_UNKNOWN_COLUMN');
    assert.equal(unknown?.column, name);
    for (const { message } of result.findings) assert.match(message, /^[^\u0000-\u001f\u202e]{1,3000}$/u);
    if (name === 'e\u0301') assert.match(unknown!.message, /Unicode normalisation/);
    if (name === 'A') assert.equal(unknown!.suggestion, ' a');
  }
});
