// Turns the JSON of a signature's params into ParamSpecs, each default checked as MLflow checks it (`ParamSchema.from_json`).
import { isJsonArray, isJsonNumber, isJsonObject, jsonGet } from '../data/json.js';
import type { JsonValue } from '../data/json-types.js';
import { columnType, mapping, SignatureFlaw, scalarType, shapeItems, text, truthy } from './column-type-json.js';
import { checkParam } from './mlflow/enforce-param.js';
import { fromJson } from './mlflow/python/python-value.js';
import type { ColumnType, ParamSpec } from './types.js';

export function readParams(json: JsonValue): ParamSpec[] {
  const empty = (isJsonObject(json) && json.entries.length === 0) || json === '';
  if (!isJsonArray(json) && !empty) throw new SignatureFlaw('expected a JSON list of params');
  const params = (isJsonArray(json) ? json : []).map(readParam);
  const names = new Set<string>();
  for (const { name } of params) {
    if (names.has(name)) throw new SignatureFlaw(`Duplicated parameters found in schema: ['${name}']`);
    names.add(name);
  }
  return params;
}

function readParam(json: JsonValue): ParamSpec {
  if (!isJsonObject(json)) throw new SignatureFlaw('every param must be a JSON object');
  mapping(json);
  const name = jsonGet(json, 'name');
  const type = jsonGet(json, 'type');
  const dtype = jsonGet(json, 'dtype');
  const value = jsonGet(json, 'default');
  if (name === undefined || (type === undefined && dtype === undefined) || value === undefined)
    throw new SignatureFlaw(
      'Missing keys in ParamSpec JSON. Expected to find keys `name`, `type`(or `dtype`) and `default`.',
    );
  // `kwargs.get("type") or kwargs.get("dtype")`
  const chosen = type !== undefined && truthy(type) ? type : (dtype ?? null);
  let parsed: ColumnType;
  if (chosen === 'object') {
    if (jsonGet(json, 'type') !== 'object')
      throw new SignatureFlaw('Type mismatch, Object expects `object` as the type');
    parsed = columnType(json, 'object');
  } else parsed = scalarType(chosen);
  const label = text(name);
  if (parsed.kind === 'scalar' && parsed.scalar === 'binary')
    throw new SignatureFlaw(`Binary type is not supported for parameters, ParamSpec '${label}'has dtype 'binary'`);
  const given = jsonGet(json, 'shape') ?? null;
  const shape =
    given === null ? null : shapeItems(given).map((size) => (isJsonNumber(size) ? Number(size.text) : Number.NaN));
  const spec: ParamSpec = { name: label, type: parsed, default: fromJson(value), shape };
  return { ...spec, default: checkParam(spec, fromJson(value)) };
}
