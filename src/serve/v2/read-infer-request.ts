// Turns the body of an inference request into columns of values, in the shape that each input says; every refusal names the input.
import { isJsonArray, isJsonNumber, isJsonObject, jsonGet, parseJson } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import { MlctlError } from '../../errors/error.js';
import type { Schema } from '../../schema/types.js';
import { printable } from '../../text/printable.js';
import { DATATYPES } from './datatypes.js';

interface InferRequest {
  /** Given back. */
  readonly id: string | null;
  /** Name of an input → its rows. */
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
  /** Name of an input → its datatype. */
  readonly datatypes: ReadonlyMap<string, string>;
  readonly params: Readonly<Record<string, unknown>>;
  /** The outputs that were asked for; null: all. */
  readonly outputs: readonly string[] | null;
}

const MOST_INPUTS = 10_000;
const MOST_DIMENSIONS = 8;

/** Throws DATA_INVALID, whose message names the input. */
export function readInferRequest(body: Uint8Array, inputs: Schema | null): InferRequest {
  const document = parseJson(body, { python: true });
  if (!isJsonObject(document)) throw invalid('the body is not a JSON object');
  const id = jsonGet(document, 'id') ?? null;
  if (id !== null && typeof id !== 'string') throw invalid('"id" is not a text');
  const listed = jsonGet(document, 'inputs');
  if (!isJsonArray(listed) || listed.length === 0) throw invalid('"inputs" is not a list of at least one input');
  if (listed.length > MOST_INPUTS)
    throw invalid(`"inputs" has ${listed.length} inputs, at most ${MOST_INPUTS} are read`);
  const columns: Record<string, readonly unknown[]> = Object.create(null);
  const datatypes = new Map<string, string>();
  for (const [i, input] of listed.entries()) {
    if (!isJsonObject(input)) throw invalid(`inputs[${i}] is not an object`);
    const name = jsonGet(input, 'name');
    if (typeof name !== 'string') throw invalid(`inputs[${i}] has no name`);
    if (name in columns) throw invalid(`input ${shown(name)} occurs twice`);
    columns[name] = readInput(name, input, inputs);
    datatypes.set(name, jsonGet(input, 'datatype') as string);
  }
  return { id, columns, datatypes, params: paramsOf(document), outputs: outputsOf(document) };
}

/** How a text that was sent is meant. */
type TextKind = 'binary' | 'json' | 'text';

function kindOf(inputs: Schema | null, name: string): TextKind {
  if (inputs?.kind !== 'columns') return 'text';
  const type = inputs.columns.find((column) => column.name === name)?.type;
  if (type === undefined || (type.kind === 'scalar' && type.scalar !== 'binary')) return 'text';
  return type.kind === 'scalar' ? 'binary' : type.kind === 'array' ? 'text' : 'json';
}

function readInput(name: string, input: JsonObject, inputs: Schema | null): readonly unknown[] {
  const said = jsonGet(input, 'datatype');
  const datatype = typeof said === 'string' ? DATATYPES.get(said) : undefined;
  if (datatype === undefined)
    throw invalid(
      `input ${shown(name)}: "datatype" is ${shown(said)}, expected one of ${[...DATATYPES.keys()].join(', ')}`,
    );
  const shape = shapeOf(name, jsonGet(input, 'shape'));
  const data = jsonGet(input, 'data');
  if (!isJsonArray(data))
    throw invalid(`input ${shown(name)}: "data" is not a list; values in binary form are not read, send them as JSON`);
  const count = shape.reduce((product, size) => product * size, 1);
  const textKind = said === 'BYTES' ? kindOf(inputs, name) : 'text';
  const values: unknown[] = [];
  for (const value of data.some(isJsonArray) ? flat(data, MOST_DIMENSIONS) : data) {
    const read = datatype.read(value);
    if (read === undefined)
      throw invalid(
        `input ${shown(name)}: value ${values.length} is ${shown(value)}, but ${said} takes ${datatype.expected}`,
      );
    values.push(said === 'BYTES' ? textValue(name, read as string, textKind, input) : read);
    if (values.length > count) break;
  }
  if (values.length !== count)
    throw invalid(
      `input ${shown(name)}: shape [${shape.join(', ')}] means ${count} values, but "data" has ${values.length > count ? 'more' : values.length}`,
    );
  // One value a row may be written as a column of its own.
  const inner = shape.length === 2 && shape[1] === 1 ? [] : shape.slice(1);
  return nested(values, shape[0]!, inner);
}

function shapeOf(name: string, given: JsonValue | undefined): number[] {
  const sizes = isJsonArray(given) ? given.map((size) => (isJsonNumber(size) ? Number(size.text) : Number.NaN)) : [];
  const isShape =
    sizes.length > 0 &&
    sizes.length <= MOST_DIMENSIONS &&
    sizes.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (isShape && Number.isSafeInteger(sizes.reduce((product, size) => product * size, 1))) return sizes;
  throw invalid(`input ${shown(name)}: "shape" is ${shown(given)}, expected a list of 1 to ${MOST_DIMENSIONS} sizes`);
}

function* flat(values: readonly JsonValue[], depth: number): Generator<JsonValue> {
  for (const value of values)
    if (isJsonArray(value) && depth > 1) yield* flat(value, depth - 1);
    else yield value;
}

function nested(values: readonly unknown[], rows: number, inner: readonly number[]): readonly unknown[] {
  if (inner.length === 0) return values;
  const step = rows === 0 ? 0 : values.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    nested(values.slice(row * step, (row + 1) * step), inner[0]!, inner.slice(1)),
  );
}

function textValue(name: string, text: string, kind: TextKind, input: JsonObject): unknown {
  const parameters = jsonGet(input, 'parameters');
  const contentType = isJsonObject(parameters) ? jsonGet(parameters, 'content_type') : undefined;
  if (kind === 'binary') return contentType === 'base64' ? Buffer.from(text, 'base64') : Buffer.from(text);
  if (kind === 'text') return text;
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(`input ${shown(name)}: a value of this input is JSON in a text, found ${shown(text)}`);
  }
}

function paramsOf(document: JsonObject): Record<string, unknown> {
  const given = jsonGet(document, 'parameters');
  const params: Record<string, unknown> = Object.create(null);
  if (!isJsonObject(given)) return params;
  for (const [key, value] of given.entries)
    if (value === null || typeof value !== 'object') params[key] = value;
    else if (isJsonNumber(value)) params[key] = Number(value.text);
  return params;
}

function outputsOf(document: JsonObject): string[] | null {
  const given = jsonGet(document, 'outputs');
  if (given === undefined || given === null) return null;
  const names = isJsonArray(given) ? given.map((one) => (isJsonObject(one) ? jsonGet(one, 'name') : undefined)) : [];
  if (names.length === 0 || !names.every((name) => typeof name === 'string'))
    throw invalid('"outputs" is not a list of objects with a name');
  return names as string[];
}

function shown(value: JsonValue | undefined): string {
  if (isJsonNumber(value)) return printable(value.text, 40);
  if (typeof value === 'string') return `"${printable(value, 60)}"`;
  if (isJsonArray(value)) return 'a list';
  return value === undefined ? 'missing' : isJsonObject(value) ? 'an object' : String(value);
}

const invalid = (message: string): MlctlError => new MlctlError('DATA_INVALID', message);
