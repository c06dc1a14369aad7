// Turns data into what MLflow's scoring server would hand to the model, or into why it refuses (`--schema mlflow`).

import { type Dialect, USUAL_DIALECT } from '../data/csv/dialect.js';
import type { ArrowTable } from '../data/parquet/read-arrow-table.js';
import type { CastResult } from './cast-types.js';
import type { FindingCode } from './finding-codes.js';
import { enforceParams } from './mlflow/enforce-params.js';
import { enforceSchema } from './mlflow/enforce-schema.js';
import { PyFailure } from './mlflow/failure.js';
import { frameOfParquet } from './mlflow/pandas/parquet-frame.js';
import { PyDict, type PyValue } from './mlflow/python/python-value.js';
import type { MlflowRefused } from './mlflow/verdict.js';
import type { MlflowWarning } from './mlflow/warning.js';
import { scoreRequest } from './mlflow/wire/score-request.js';
import { tableOfPython } from './table-of-python.js';
import type { Signature } from './types.js';

/** Templates of MLflow's messages (by id) that mean the same as a strict finding. */
const CODES = new Map<string, FindingCode>([
  ['missing_inputs', 'SCHEMA_MISSING_COLUMN'],
  ['missing_count', 'SCHEMA_MISSING_COLUMN'],
  ['missing_props', 'SCHEMA_MISSING_COLUMN'],
  ['invalid_props', 'SCHEMA_UNKNOWN_COLUMN'],
  ['incompatible', 'SCHEMA_WRONG_TYPE'],
  ['convert_column', 'SCHEMA_WRONG_TYPE'],
  ['datetime_tz', 'SCHEMA_BAD_DATETIME'],
  ['tensor_shape', 'SCHEMA_SHAPE'],
  ['tensor_dtype', 'SCHEMA_WRONG_TYPE'],
  ['params_invalid', 'SCHEMA_BAD_PARAM'],
  ['params_not_dict', 'SCHEMA_BAD_PARAM'],
  ['json_invalid', 'SCHEMA_MALFORMED'],
  ['json_list', 'SCHEMA_PROTOCOL'],
  ['json_scalar', 'SCHEMA_PROTOCOL'],
  ['json_fields', 'SCHEMA_PROTOCOL'],
  ['instances_length', 'SCHEMA_RAGGED'],
  ['csv_parse', 'SCHEMA_MALFORMED'],
  ['parquet_parse', 'SCHEMA_MALFORMED'],
  ['utf8', 'SCHEMA_MALFORMED'],
]);

/** `contentType` null: the request has no such header. `dialect`: of CSV, in UTF-8; the server itself only knows the usual one. */
export function castMlflow(
  body: Uint8Array | string,
  contentType: string | null,
  signature: Signature,
  dialect: Dialect = USUAL_DIALECT,
): CastResult {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const verdict = scoreRequest(signature, false, contentType, bytes, dialect);
  if (!verdict.ok) return refusal(verdict);
  return accepted(verdict.data, signature, paramsOf(verdict.params), verdict.warnings);
}

/** A Parquet file, as the server casts a body of `application/vnd.apache.parquet`: typed columns, and no params. */
export function castMlflowParquet(table: ArrowTable, signature: Signature): CastResult {
  const warnings: MlflowWarning[] = [];
  try {
    let frame: PyValue = frameOfParquet(table);
    if (signature.inputs !== null) frame = enforceSchema(frame, signature.inputs, warnings);
    const params = enforceParams(null, signature.params, warnings);
    return accepted(frame, signature, paramsOf(params), warnings);
  } catch (error) {
    if (error instanceof PyFailure) return refusal(error);
    throw error;
  }
}

function paramsOf(params: PyValue): ReadonlyMap<string, unknown> | null {
  return params instanceof PyDict ? new Map([...params.map].map(([key, value]) => [String(key), value])) : null;
}

function accepted(
  data: PyValue,
  { inputs }: Signature,
  params: ReadonlyMap<string, unknown> | null,
  warnings: readonly MlflowWarning[],
): CastResult {
  const names =
    inputs === null
      ? []
      : inputs.kind === 'columns'
        ? inputs.columns.map(({ name }) => name)
        : inputs.tensors.map(({ name }) => name);
  return { ok: true, table: tableOfPython(data, names), params, warnings: warnings.map(warningText) };
}

function refusal({ tmpl, message, args }: Pick<MlflowRefused, 'tmpl' | 'message' | 'args'>): CastResult {
  const column = typeof args.column === 'string' ? { column: args.column } : {};
  return { ok: false, findings: [{ code: CODES.get(tmpl) ?? 'SCHEMA_REFUSED', ...column, message }], total: 1 };
}

function warningText(warning: MlflowWarning): string {
  const names = 'names' in warning ? `: ${warning.names.join(', ')}` : '';
  return `${WARNINGS[warning.w]}${names}`;
}

const WARNINGS: Record<MlflowWarning['w'], string> = {
  extra_inputs: 'inputs that are not in the signature are ignored',
  unrecognized_params: 'params that are not in the signature are ignored',
  no_params_schema: 'the model declares no params, so those given are ignored',
  params_nonstr_keys: 'param names that are not text are ignored',
};
