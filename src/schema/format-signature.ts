// Turns a Signature into the three JSON texts of MLmodel, spelt as Python's `json.dumps` spells them.

import { formatJson, pythonJsonString } from '../data/json-format.js';
import type { JsonValue } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { isoText } from './describe-schema.js';
import { reprFloat } from './mlflow/python/python-float.js';
import { PyDict, type PyValue } from './mlflow/python/python-value.js';
import type { ColumnSpec, ColumnType, ParamSpec, Schema, Signature, TensorSpec } from './types.js';

interface FormattedSignature {
  readonly inputs: string | null;
  readonly outputs: string | null;
  readonly params: string | null;
}

/**
 * The texts that MLmodel has for a signature.
 *
 * @example
 * const { inputs } = formatSignature(model.signature); // '[{"type": "double", "name": "x", "required": true}]'
 */
export function formatSignature(signature: Signature): FormattedSignature {
  const { inputs, outputs, params } = signature;
  return {
    inputs: inputs === null ? null : formatSchema(inputs),
    outputs: outputs === null ? null : formatSchema(outputs),
    params: params === null || params.length === 0 ? null : `[${params.map(formatParam).join(', ')}]`,
  };
}

function formatSchema(schema: Schema): string {
  const parts = schema.kind === 'columns' ? schema.columns.map(formatColumn) : schema.tensors.map(formatTensor);
  return `[${parts.join(', ')}]`;
}

const raw = (value: JsonValue): string => formatJson(value, { python: true });

function typeKeys(type: ColumnType): string {
  switch (type.kind) {
    case 'scalar':
      return `"type": "${type.scalar}"`;
    case 'array':
      return `"type": "array", "items": {${typeKeys(type.items)}}`;
    case 'map':
      return `"type": "map", "values": {${typeKeys(type.values)}}`;
    case 'object': {
      const properties = type.properties.map((property) => {
        const required = property.rawRequired === undefined ? String(property.required) : raw(property.rawRequired);
        return `${pythonJsonString(property.name)}: {${typeKeys(property.type)}, "required": ${required}}`;
      });
      return `"type": "object", "properties": {${properties.join(', ')}}`;
    }
    default:
      return `"type": "${type.kind}"`;
  }
}

function nameText(spec: ColumnSpec | TensorSpec): string | null {
  if (spec.rawName !== undefined) return raw(normalNumber(spec.rawName));
  return spec.name === undefined ? null : pythonJsonString(spec.name);
}

/** Python prints the number it read, not its spelling. */
function normalNumber(value: JsonValue): JsonValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(normalNumber);
  if (!('kind' in value)) return value;
  if (value.kind === 'object')
    return { kind: 'object', entries: [...new Map(value.entries)].map(([key, item]) => [key, normalNumber(item)]) };
  return /^-?\d+$/.test(value.text)
    ? { ...value, text: String(BigInt(value.text)) }
    : { ...value, text: floatText(Number(value.text)) };
}

function formatColumn(column: ColumnSpec): string {
  const name = nameText(column);
  let required = String(column.required);
  if (column.rawRequired !== undefined) required = raw(normalNumber(column.rawRequired));
  else if (column.requiredStated === false) required = 'null';
  return `{${typeKeys(column.type)}${name === null ? '' : `, "name": ${name}`}, "required": ${required}}`;
}

function formatTensor(tensor: TensorSpec): string {
  const name = nameText(tensor);
  const shape = tensor.rawShape === undefined ? `[${tensor.shape.join(', ')}]` : raw(tensor.rawShape.map(normalNumber));
  const spec = `"type": "tensor", "tensor-spec": {"dtype": "${tensor.dtype}", "shape": ${shape}}`;
  return `{${name === null ? '' : `"name": ${name}, `}${spec}}`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return reprFloat(value);
}

function formatParam(param: ParamSpec): string {
  const dated = param.type.kind === 'scalar' && param.type.scalar === 'datetime';
  const value = param.default as PyValue;
  if (param.shape !== null && ((dated && (value as PyValue[]).includes(null)) || param.type.kind !== 'scalar'))
    throw new MlctlError(
      'SIGNATURE_INVALID',
      `cannot write the default of param ${param.name}: MLflow has no JSON for it`,
    );
  const shape = param.shape === null ? 'null' : `[${param.shape.join(', ')}]`;
  return `{"name": ${pythonJsonString(param.name)}, "default": ${defaultJson(value)}, "shape": ${shape}, ${typeKeys(param.type)}}`;
}

function defaultJson(value: PyValue): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'string') return pythonJsonString(value);
  if (Array.isArray(value)) return `[${value.map(defaultJson).join(', ')}]`;
  if (value instanceof PyDict)
    return `{${[...value.map].map(([key, item]) => `${pythonJsonString(String(key))}: ${defaultJson(item)}`).join(', ')}}`;
  const iso = isoText(value);
  if (iso === null)
    throw new MlctlError('SIGNATURE_INVALID', 'cannot write the default of a param: it has no JSON form');
  return `"${iso}"`;
}
