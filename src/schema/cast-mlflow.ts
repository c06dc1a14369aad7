// Casts by MLflow's own verdict (`--schema mlflow`): what its scoring server would hand to the model, or why it refuses.

import type { CastResult } from './cast-types.js';
import type { FindingCode } from './finding-codes.js';
import { scoreRequest } from './mlflow/score-request.js';
import type { MlflowRefused } from './mlflow/verdict.js';
import type { MlflowWarning } from './mlflow/warning.js';
import { tableOfPython } from './mlflow-table.js';
import { PyDict } from './python-value.js';
import type { Signature } from './types.js';

/** Templates of MLflow's messages (by id) that say the same as a strict finding. */
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
  ['utf8', 'SCHEMA_MALFORMED'],
]);

export function castMlflow(
  body: Uint8Array | string,
  contentType: string,
  signature: Signature,
  typeHint = false,
): CastResult {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const verdict = scoreRequest(signature, typeHint, contentType, bytes);
  if (!verdict.ok) return refusal(verdict);
  const { inputs } = signature;
  const names =
    inputs === null
      ? []
      : inputs.kind === 'columns'
        ? inputs.columns.map(({ name }) => name)
        : inputs.tensors.map(({ name }) => name);
  const params =
    verdict.params instanceof PyDict
      ? new Map([...verdict.params.map].map(([key, value]) => [String(key), value]))
      : null;
  return { ok: true, table: tableOfPython(verdict.data, names), params, warnings: verdict.warnings.map(warningText) };
}

function refusal({ tmpl, message, args }: MlflowRefused): CastResult {
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
  no_params_schema: 'the model declares no params: those given are ignored',
  params_nonstr_keys: 'param names that are not text are ignored',
};
