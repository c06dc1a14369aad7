// Python itself on Parquet files: the frame pandas reads, and MLflow's verdict and values under signatures of every type.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { ByteSource } from '../../../src/data/parquet/byte-source.js';
import { openParquet } from '../../../src/data/parquet/open-parquet.js';
import { type ArrowTable, readArrowTable } from '../../../src/data/parquet/read-arrow-table.js';
import type { PandasMetadata } from '../../../src/data/parquet/read-pandas-metadata.js';
import type { Table } from '../../../src/data/table.js';
import { givenRows } from '../../../src/rows/given-rows.js';
import { openRows } from '../../../src/rows/open-rows.js';
import { openParquetCaster } from '../../../src/schema/cast.js';
import { enforceSchema } from '../../../src/schema/mlflow/enforce-schema.js';
import { PyFailure } from '../../../src/schema/mlflow/failure.js';
import { frameOfParquet } from '../../../src/schema/mlflow/pandas/parquet-frame.js';
import type { DataFrame, PyValue } from '../../../src/schema/mlflow/python/python-value.js';
import { parseSignature } from '../../../src/schema/parse-signature.js';
import type { World } from '../../../src/world.js';
import { ROOT, scratch } from '../../support/paths.js';
import { pythonOf, runPython } from '../../support/python.js';
import { encode } from './typed-values.js';

const RECORDED = join(ROOT, 'fixtures', 'parquet');
const SCALARS = ['boolean', 'integer', 'long', 'float', 'double', 'string', 'binary', 'datetime'];
const column = (type: object, required = true): object => ({ name: 'a', required, ...type });
const array = (items: object): object => ({ type: 'array', items });
const struct = (properties: object): object => ({ type: 'object', properties });
const tensor = (dtype: string, shape: number[], named = true): object => ({
  type: 'tensor',
  'tensor-spec': { dtype, shape },
  ...(named ? { name: 'a' } : {}),
});

const SCHEMAS: object[][] = [
  ...SCALARS.map((type) => [column({ type })]),
  ...SCALARS.map((type) => [column(array({ type }))]),
  ...['long', 'double', 'string'].map((type) => [column(array({ type }), false)]),
  ...['long', 'string'].map((type) => [column({ type }, false)]),
  [column(array(array({ type: 'double' })))],
  [column(array(array({ type: 'long' })))],
  [column({ type: 'any' })],
  [column(struct({ x: { type: 'long', required: true }, y: { type: 'string', required: false } }))],
  [column(struct({ x: { type: 'double', required: false }, y: { type: 'string', required: false } }), false)],
  [column(array(struct({ x: { type: 'long', required: true } })))],
  [column({ type: 'map', values: { type: 'long' } }, false)],
  [{ type: 'double', required: true }],
  [
    { type: 'long', required: true },
    { type: 'double', required: true },
  ],
  [
    column({ type: 'long' }),
    { name: 'c', type: 'string', required: false },
    { name: 'b', type: 'double', required: true },
  ],
  [tensor('float64', [-1])],
  [tensor('float64', [-1, 2])],
  [tensor('int64', [-1, 1])],
  [tensor('float64', [-1, 2], false)],
  [tensor('object', [-1], false)],
]; // prettier-ignore

// biome-ignore lint/suspicious/noExplicitAny: what Python prints is JSON of many shapes.
type Told = any;

/** Time spans stay objects under AnyType, where pandas finds their dtype again: no model can be fed either. */
const isKnown = (difference: string): boolean => /^(?:pandas-|polars\/)?span\S* .*"type":"any"/.test(difference);

/** Strict by intention: gaps that MLflow's types cannot hold, lossy numbers, infinities, zones inside lists, intervals. */
const isStricter = (finding: string): boolean =>
  /: null in an? |has no missing value|Infinity is not|has no exact double|interval in the file|list-zoned|struct-ns/.test(
    finding,
  );

/** Categories are compared by their values, dates of a column by their counts. */
function shown(value: PyValue): Told {
  const told = encode(value);
  if (told?.t !== 'df') return told;
  const columns = (value as DataFrame).columns;
  for (const [i, one] of told.cols.entries()) {
    if (one.d.startsWith('datetime64')) one.v = columns[i]!.data.map((item) => (item === null ? 'NaT' : String(item)));
    if (one.d === 'category')
      one.v = columns[i]!.data.map((item) => (typeof item === 'number' && Number.isNaN(item) ? null : encode(item)));
  }
  return told;
}

const plain = (value: Told): Told => JSON.parse(JSON.stringify(value));

function difference(make: () => PyValue, python: Told): string | null {
  let ours: Told;
  try {
    ours = plain(shown(make()));
  } catch (error) {
    if (!(error instanceof PyFailure)) throw error;
    if (python.ok) return `refused (${error.message}), Python accepts ${JSON.stringify(python.value)}`;
    if (!error.exact || error.message === python.message) return null;
    return `says ${error.message}, Python ${python.message}`;
  }
  if (!python.ok) return `accepted ${JSON.stringify(ours)}, Python refuses: ${python.exc} ${python.message}`;
  return isDeepStrictEqual(ours, plain(python.value))
    ? null
    : `gives ${JSON.stringify(ours)}, Python ${JSON.stringify(python.value)}`;
}

/** The same by the road of `predict` and `validate`: a table or findings, from a file or from stdin. */
async function throughOperations(folder: string): Promise<void> {
  const world: World = {
    env: {},
    cwd: folder,
    now: () => 0,
    signal: new AbortController().signal,
    note: () => {},
    warn: () => {},
  };
  const open = async (input: string, schema: object[], stdin = Readable.from([])) => {
    const inputs = parseSignature({ inputs: JSON.stringify(schema) })!.inputs!;
    const rows = await openRows(
      world,
      givenRows({ input, inputFormat: 'parquet', mode: 'mlflow' }),
      { inputs, outputs: null, params: null },
      stdin,
    );
    const tables: Table[] = [];
    for await (const batch of rows.batches) tables.push(batch.table);
    return { rows, tables };
  };
  const double = [column({ type: 'double' })];
  // int32 goes up to double, int64 does not.
  const up = await open('int32.parquet', double);
  assert.deepEqual(up.tables, [
    { rows: 3, columns: [{ name: 'a', type: 'double', values: Float64Array.of(1, 2, 0) }] },
  ]);
  const piped = await open('-', double, Readable.from([readFileSync(join(folder, 'int32.parquet'))]));
  assert.deepEqual(piped.tables, up.tables);
  const refused = await open('int64.parquet', double);
  assert.deepEqual(refused.tables, []);
  assert.equal(refused.rows.fatal(), true);
  assert.deepEqual(refused.rows.findings.kept, [
    {
      code: 'SCHEMA_WRONG_TYPE',
      column: 'a',
      message: 'Incompatible input types for column a. Can not safely convert int64 to float64.',
    },
  ]);
  const extra = await open('three.parquet', [column({ type: 'long' })]);
  assert.deepEqual(extra.rows.warnings(), ['inputs that are not in the signature are ignored: b, c']);
  const twice = await open('twice.parquet', double);
  assert.equal(twice.rows.findings.kept[0]?.code, 'SCHEMA_MALFORMED');
  writeFileSync(join(folder, 'cut.parquet'), readFileSync(join(folder, 'int32.parquet')).subarray(0, -20));
  await assert.rejects(open('cut.parquet', double), { code: 'DATA_INVALID' });
  await assert.rejects(readArrowTable(sourceOf(folder, 'three'), 'three', { mostBytes: 10 }), { code: 'DATA_INVALID' });
}

function sourceOf(folder: string, name: string): ByteSource {
  const bytes = readFileSync(join(folder, `${name}.parquet`));
  return {
    byteLength: bytes.length,
    slice: async (start, end) => new Uint8Array(bytes.subarray(start, end)).buffer,
  };
}

/** `duckdb/list`: this column of a recorded file, under the name a. */
async function tableOf(folder: string, name: string): Promise<ArrowTable> {
  const [file = '', column] = name.split(/\/(.*)/s);
  if (column === undefined) return readArrowTable(sourceOf(folder, name), name, { mostBytes: 1 << 20 });
  const table = await readArrowTable(sourceOf(RECORDED, file), name, { mostBytes: 1 << 20 });
  const { type, chunks } = table.columns.find((one) => one.name === column)!;
  return { rows: table.rows, columns: [{ name: 'a', type, chunks }], pandas: renamed(table.pandas, column) };
}

/** What strict finds wrong with data under the signature that MLflow itself infers from it, and takes it by. */
async function strictFindings(folder: string, name: string, schema: object[]): Promise<string[]> {
  const [file = '', column] = name.split(/\/(.*)/s);
  const opened = await openParquet(sourceOf(column === undefined ? folder : RECORDED, file), name);
  if (opened.rows === 0) return [];
  const columns = opened.columns.filter((one) => column === undefined || one.name === column);
  const inputs = parseSignature({ inputs: JSON.stringify(schema) })!.inputs!;
  assert.ok(inputs.kind === 'columns');
  const named = column === undefined ? inputs : { ...inputs, columns: [{ ...inputs.columns[0]!, name: column }] };
  const caster = openParquetCaster({ inputs: named, outputs: null, params: null }, columns);
  for (const group of caster.fatal ? [] : opened.groups) caster.cast(await group.read(caster.names), 0, group.rows);
  return caster.findings.kept.map(({ message }) => `${name} ${JSON.stringify(schema)}: ${message}`);
}

/** What pandas wrote of the column, which now has another name. */
function renamed(pandas: PandasMetadata | null, column: string): PandasMetadata | null {
  const dtype = pandas?.extensions.get(column);
  return pandas && { ...pandas, extensions: new Map(dtype === undefined ? [] : [['a', dtype]]) };
}

test('Parquet files of every type: pandas’ frame, and MLflow’s verdict and values', async (t) => {
  const found = pythonOf('mlflow318');
  if ('skip' in found) return t.skip(found.skip);
  const folder = scratch();
  const schemas = join(folder, 'schemas.json');
  writeFileSync(schemas, JSON.stringify(SCHEMAS));
  const program = readFileSync(join(ROOT, 'fixtures', 'schema-parquet', 'verdicts.py'), 'utf8');
  const told = runPython(found.python, program, [folder, schemas, RECORDED]);
  assert.equal(told.status, 0, told.stderr);
  const files: Told[] = JSON.parse(told.stdout);
  const inputs = SCHEMAS.map((schema) => parseSignature({ inputs: JSON.stringify(schema) })!.inputs!);
  const differences: string[] = [];
  const strict: string[] = [];
  const tell = (name: string, what: string, found: string | null): void => {
    if (found !== null) differences.push(`${name} ${what}: ${found}`);
  };
  let verdicts = 0;
  for (const { name, frame, verdicts: python, inferred } of files) {
    if (inferred !== null) strict.push(...(await strictFindings(folder, name, inferred)));
    const table = await tableOf(folder, name);
    tell(
      name,
      'frame',
      difference(() => frameOfParquet(table), frame),
    );
    for (const [i, schema] of inputs.entries()) {
      verdicts += 1;
      tell(
        name,
        JSON.stringify(SCHEMAS[i]),
        difference(() => enforceSchema(frameOfParquet(table), schema, []), python[i]),
      );
    }
  }
  t.diagnostic(`${files.length} files, ${verdicts} verdicts, ${differences.length} differences`);
  assert.deepEqual(
    differences.filter((difference) => !isKnown(difference)).map((text) => text.slice(0, 400)),
    [],
  );
  assert.deepEqual(
    strict.filter((finding) => !isStricter(finding)),
    [],
  );
  await throughOperations(folder);
});
