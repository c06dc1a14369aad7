// Turns data of any form into a table of the signature's types, or into the list of what is wrong.

import { concatTables } from '../data/concat-tables.js';
import { type Dialect, USUAL_DIALECT } from '../data/csv/dialect.js';
import type { JsonObject, JsonValue } from '../data/json-types.js';
import type { ParquetColumn } from '../data/parquet/parquet-file.js';
import type { Table } from '../data/table.js';
import { batchRows } from './batch-size.js';
import { Beside } from './beside.js';
import type { CastResult, EnforcementMode } from './cast-types.js';
import { castJsonStrict } from './strict/cast-json-strict.js';
import { castParams } from './strict/cast-params.js';
import { checkSignature } from './strict/check-signature.js';
import { CsvCaster } from './strict/csv-caster.js';
import { FindingList } from './strict/finding-list.js';
import { ParquetCaster } from './strict/parquet/parquet-caster.js';
import { RecordCaster } from './strict/record-caster.js';
import { TensorRecordCaster } from './strict/tensors/tensor-record-caster.js';
import type { Schema, Signature } from './types.js';

/** A JSON request or a CSV text in either mode; MLflow's own rules are loaded only if needed. */
export async function castDocument(
  body: Uint8Array | string,
  format: 'json' | 'csv',
  signature: Signature,
  mode: EnforcementMode,
): Promise<CastResult> {
  if (mode === 'strict') return format === 'json' ? castJsonDocument(body, signature) : castCsv(body, signature);
  const { castMlflow } = await import('./cast-mlflow.js');
  return castMlflow(body, format === 'json' ? 'application/json' : 'text/csv', signature);
}

/**
 * One request of the scoring protocol, strictly: `dataframe_split`, `dataframe_records`, `instances` or `inputs`, and `params`.
 *
 * @example
 * const cast = castJsonDocument('{"dataframe_records": [{"x": 1.5}]}', model.signature);
 * if (!cast.ok) console.error(cast.findings);
 */
export function castJsonDocument(body: Uint8Array | string, signature: Signature): CastResult {
  return castJsonStrict(body, signature, { isFile: false, beside: new Beside() });
}

/** The same from a file, which may also be a list of records as pandas writes it. */
export function castJsonFile(body: Uint8Array | string, signature: Signature, beside = new Beside()): CastResult {
  return castJsonStrict(body, signature, { isFile: true, beside });
}

/** A whole CSV text at once, strictly; for files use `openCsvCaster`. */
export function castCsv(body: Uint8Array | string, signature: Signature, beside = new Beside()): CastResult {
  const caster = openCsvCaster(signature, batchRows(signature), USUAL_DIALECT, beside);
  caster.feed(typeof body === 'string' ? Buffer.from(body) : body);
  caster.finish();
  const tables: Table[] = [];
  for (let batch = caster.read(); batch !== null; batch = caster.read()) tables.push(batch.table);
  const { findings } = caster;
  if (tables.length === 0 || findings.total > 0) return findings.failed();
  return { ok: true, table: concatTables(tables), params: defaultParams(signature), warnings: caster.warnings };
}

/** Strict casting of a CSV stream: `feed` bytes, `read` batches of up to `batchRows` rows until null, `finish` at the end. */
export function openCsvCaster(
  signature: Signature,
  batchRows: number,
  dialect: Dialect = USUAL_DIALECT,
  beside = new Beside(),
): CsvCaster {
  return new CsvCaster(inputsOf(signature), new FindingList(), batchRows, dialect, beside);
}

/** Strict casting of a Parquet file with these columns. */
export function openParquetCaster(
  signature: Signature,
  columns: readonly ParquetColumn[],
  beside = new Beside(),
): ParquetCaster {
  return new ParquetCaster(inputsOf(signature), columns, new FindingList(), beside);
}

/** Strict casting of NDJSON: batches of records, with what must be remembered between them. */
export function openRecordCaster(
  signature: Signature,
  beside = new Beside(),
): {
  readonly caster: Pick<RecordCaster, 'cast' | 'warnings'>;
  readonly findings: FindingList;
} {
  const findings = new FindingList();
  const schema = inputsOf(signature);
  checkSignature(schema, findings);
  const caster =
    schema.kind === 'columns'
      ? new RecordCaster(schema.columns, findings, beside)
      : new TensorRecordCaster(schema.tensors, findings);
  return { caster, findings };
}

/** A batch of records on its own. */
export function castRecords(records: readonly JsonObject[], firstRow: number, signature: Signature): CastResult {
  const { caster, findings } = openRecordCaster(signature);
  if (records.length === 0)
    findings.say('SCHEMA_NO_ROWS', 'the table has no rows', { found: '0 rows', expected: 'at least one row' });
  const { table } = caster.cast(records, firstRow);
  if (findings.total > 0) return findings.failed();
  return { ok: true, table, params: defaultParams(signature), warnings: caster.warnings };
}

/** Params from elsewhere than a request body, with the defaults filled in. */
export function castGivenParams(
  entries: readonly (readonly [string, JsonValue])[],
  signature: Signature,
): { readonly values: ReadonlyMap<string, unknown> | null; readonly findings: FindingList } {
  const findings = new FindingList();
  return { values: castParams({ kind: 'object', entries }, signature.params, findings), findings };
}

/** The params of a request that sends none. */
export function defaultParams(signature: Signature): ReadonlyMap<string, unknown> | null {
  return signature.params === null ? null : new Map(signature.params.map((spec) => [spec.name, spec.default]));
}

function inputsOf(signature: Signature): Schema {
  return signature.inputs ?? { kind: 'columns', columns: [] };
}
