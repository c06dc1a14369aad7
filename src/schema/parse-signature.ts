// Turns the JSON texts under `signature:` in MLmodel into a Signature, taking and refusing exactly what MLflow 3.18 does (`Schema.from_json`).
import { isJsonArray, isJsonNumber, isJsonObject, JsonSyntaxError, jsonGet, parseJson } from '../data/json.js';
import type { JsonObject, JsonValue } from '../data/json-types.js';
import { MlctlError } from '../errors/error.js';
import { columnType, mapping, SignatureFlaw, scalarType, shapeItems, text, truthy } from './column-type-json.js';
import { PyFailure } from './mlflow/failure.js';
import { dtypeName } from './mlflow/numpy/numpy-dtype.js';
import { IntegerTooLong } from './mlflow/python/python-value.js';
import { readParams } from './read-params.js';
import type { ColumnSpec, Schema, Signature, TensorSpec } from './types.js';

export interface SignatureTexts {
  readonly inputs?: string | null;
  readonly outputs?: string | null;
  readonly params?: string | null;
}

/**
 * Null if all three are absent or empty (MLflow refuses to load such a signature: a caller that must do as MLflow treats null as
 * refused). Throws MlctlError SIGNATURE_INVALID.
 *
 * @example
 * const signature = parseSignature({ inputs: '[{"type": "double", "name": "x", "required": true}]' });
 */
export function parseSignature(texts: SignatureTexts): Signature | null {
  const read = <T>(part: keyof SignatureTexts, make: (json: JsonValue) => T): T | null => {
    const json = texts[part];
    if (json === undefined || json === null || json === '') return null;
    try {
      return make(parseJson(json, { python: true }));
    } catch (error) {
      if (!KNOWN.some((known) => error instanceof known)) throw error;
      const why = error instanceof JsonSyntaxError ? error.pythonMessage : (error as Error).message;
      throw new MlctlError('SIGNATURE_INVALID', `cannot read the ${part} of the signature: ${why}`, {
        hint: 'correct the signature, or log the model again with one',
        details: { part, reason: why },
        cause: error,
      });
    }
  };
  const signature = {
    inputs: read('inputs', readSchema),
    outputs: read('outputs', readSchema),
    params: read('params', readParams),
  };
  return signature.inputs === null && signature.outputs === null && signature.params === null ? null : signature;
}

const KNOWN = [SignatureFlaw, PyFailure, JsonSyntaxError, IntegerTooLong];

function readSchema(json: JsonValue): Schema {
  // Python iterates: an empty object or text has no items, the items of others are keys or letters and fail below.
  if (!isJsonArray(json) && !(isJsonObject(json) && json.entries.length === 0) && json !== '')
    throw new SignatureFlaw('expected a JSON list of column or tensor specifications');
  const items = isJsonArray(json) ? json : [];
  const specs = items.map((item) => {
    if (!isJsonObject(item)) throw new SignatureFlaw('every specification must be a JSON object');
    mapping(item);
    const type = jsonGet(item, 'type');
    if (type === undefined) throw new SignatureFlaw("'type' is missing");
    return type === 'tensor' ? readTensor(item) : readColumn(item, type);
  });
  if (specs.length === 0) throw new SignatureFlaw('Creating Schema with empty inputs is not allowed.');
  const unnamed = specs.filter((spec) => spec.name === undefined);
  if (unnamed.length > 0 && unnamed.length < specs.length)
    throw new SignatureFlaw('Creating Schema with a combination of named and unnamed inputs is not allowed.');
  const tensors = specs.filter((spec): spec is TensorSpec => 'dtype' in spec);
  const columns = specs.filter((spec): spec is ColumnSpec => !('dtype' in spec));
  if (tensors.length > 0 && columns.length > 0)
    throw new SignatureFlaw('Creating Schema with a combination of ColSpec and TensorSpec is not supported.');
  if (tensors.length > 1 && unnamed.length > 0)
    throw new SignatureFlaw(
      'Creating Schema with multiple unnamed TensorSpecs is not supported. Please provide names for each TensorSpec.',
    );
  // `required is False`: null and 0 pass.
  if (
    unnamed.length > 0 &&
    columns.some((c) => !c.required && c.rawRequired === undefined && c.requiredStated !== false)
  )
    throw new SignatureFlaw(
      'Creating Schema with unnamed optional inputs is not supported. Please name all inputs or make all inputs required.',
    );
  return tensors.length > 0 ? { kind: 'tensors', tensors } : { kind: 'columns', columns };
}

function nameFacts(item: JsonObject): { name: string | undefined; rawName?: JsonValue } {
  const name = jsonGet(item, 'name');
  if (name === undefined || name === null) return { name: undefined };
  return typeof name === 'string' ? { name } : { name: text(name), rawName: name };
}

const COLUMN_KEYS = new Set(['type', 'name', 'required']);

function readColumn(item: JsonObject, type: JsonValue): ColumnSpec {
  const complex = typeof type === 'string' && ['array', 'object', 'map', 'sparkml_vector', 'any'].includes(type);
  if (!complex) {
    for (const [key] of item.entries)
      if (!COLUMN_KEYS.has(key))
        throw new SignatureFlaw(`ColSpec.__init__() got an unexpected keyword argument '${key}'`);
  }
  const parsed = complex ? columnType(item, type as string) : scalarType(type);
  const required = jsonGet(item, 'required');
  const facts = nameFacts(item);
  if (typeof required === 'boolean') return { ...facts, type: parsed, required };
  if (required === undefined) {
    // Left out, a complex type is optional (None), a scalar required.
    return complex
      ? { ...facts, type: parsed, required: false, requiredStated: false }
      : { ...facts, type: parsed, required: true };
  }
  return { ...facts, type: parsed, required: truthy(required), rawRequired: required };
}

function readTensor(item: JsonObject): TensorSpec {
  const spec = jsonGet(item, 'tensor-spec');
  if (!isJsonObject(spec))
    throw new SignatureFlaw('Missing keys in TensorSpec JSON. Expected to find keys `tensor-spec` and `type`');
  mapping(spec);
  const dtype = jsonGet(spec, 'dtype');
  const shape = jsonGet(spec, 'shape');
  if (dtype === undefined || shape === undefined)
    throw new SignatureFlaw('Missing keys in TensorSpec JSON. Expected to find keys `dtype` and `shape`');
  // np.dtype(None) is float64.
  const name = dtype === null ? 'float64' : typeof dtype === 'string' ? dtypeName(dtype) : null;
  if (name === null) throw new SignatureFlaw(`data type ${text(dtype)} not understood`);
  if (/^(?:str|bytes)\d/.test(name) && dtype !== 'c')
    throw new SignatureFlaw(`MLflow does not support size information in flexible numpy data types (${name})`);
  const sizes = shapeItems(shape);
  const whole = sizes.every((size) => isJsonNumber(size) && /^-?\d{1,15}$/.test(size.text));
  return {
    ...nameFacts(item),
    dtype: name,
    shape: sizes.map((size) =>
      isJsonNumber(size) ? Number(size.text) : typeof size === 'boolean' ? Number(size) : Number.NaN,
    ),
    ...(whole ? {} : { rawShape: sizes }),
  };
}
