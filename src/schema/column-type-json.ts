// Turns the JSON of a column's type (`{"type": "array", "items": …}`) into a ColumnType, by the rules of MLflow's `from_json_dict`s.
import { isJsonArray, isJsonNumber, isJsonObject, jsonGet } from '../data/json.js';
import type { JsonObject, JsonValue } from '../data/json-types.js';
import { pyStr } from './mlflow/python/python-repr.js';
import { fromJson } from './mlflow/python/python-value.js';
import type { ColumnType, Property, ScalarName } from './types.js';

/** Why MLflow refuses a signature; the caller says in which part. */
export class SignatureFlaw extends Error {}

const SCALARS: ReadonlySet<string> = new Set<ScalarName>([
  'boolean',
  'integer',
  'long',
  'float',
  'double',
  'string',
  'binary',
  'datetime',
]);

export const text = (value: JsonValue): string => pyStr(fromJson(value));

/** What Python takes for true. */
export function truthy(value: JsonValue): boolean {
  if (value === null || value === false || value === '') return false;
  if (isJsonNumber(value)) return Number(value.text) !== 0;
  if (isJsonObject(value)) return value.entries.length > 0;
  return Array.isArray(value) ? value.length > 0 : true;
}

/** MLflow calls `from_json_dict(**json)`, a class method: the key `cls` collides with its own argument. */
export function mapping(json: JsonObject): void {
  if (jsonGet(json, 'cls') !== undefined) throw new SignatureFlaw("got multiple values for argument 'cls'");
}

export function scalarType(type: JsonValue): ColumnType {
  if (typeof type === 'string' && SCALARS.has(type)) return { kind: 'scalar', scalar: type as ScalarName };
  throw new SignatureFlaw(
    `Unsupported type '${text(type)}', expected instance of DataType or one of [${[...SCALARS].map((name) => `'${name}'`).join(', ')}]`,
  );
}

function innerType(json: JsonValue | undefined, what: string): ColumnType {
  if (json === undefined) throw new SignatureFlaw(`Missing keys in ${what} JSON`);
  if (!isJsonObject(json)) throw new SignatureFlaw(`Expected the items of ${what} to be a dictionary of Object JSON`);
  const type = jsonGet(json, 'type');
  if (type === undefined)
    throw new SignatureFlaw(`Missing keys in ${what}'s items JSON. Expected to find key \`type\``);
  return typeof type === 'string' ? columnType(json, type) : scalarType(type);
}

/** A scalar by name, or a complex type with what stands beside it; other keys are ignored. */
export function columnType(json: JsonObject, type: string): ColumnType {
  if (type === 'array' || type === 'object' || type === 'map') mapping(json);
  switch (type) {
    case 'array':
      return { kind: 'array', items: innerType(jsonGet(json, 'items'), 'Array') };
    case 'map': {
      const values = innerType(jsonGet(json, 'values'), 'Map');
      // MLflow returns the vector itself in place of the map.
      return values.kind === 'sparkml_vector' ? values : { kind: 'map', values };
    }
    case 'object':
      return { kind: 'object', properties: properties(json) };
    case 'sparkml_vector':
      return { kind: 'sparkml_vector' };
    case 'any':
      return { kind: 'any' };
    default:
      return scalarType(type);
  }
}

function properties(json: JsonObject): Property[] {
  const given = jsonGet(json, 'properties');
  if (given === undefined)
    throw new SignatureFlaw('Missing keys in Object JSON. Expected to find keys `properties` and `type`');
  if (!isJsonObject(given)) throw new SignatureFlaw('Expected properties to be a dictionary of Property JSON');
  const byName = new Map(given.entries);
  if (byName.size === 0) throw new SignatureFlaw('Creating Object with empty properties is not allowed.');
  mapping(given);
  const found = [...byName].map(([name, property]) => readProperty(name, property));
  return found.sort((a, b) => comparePoints(a.name, b.name));
}

function readProperty(name: string, json: JsonValue): Property {
  if (!isJsonObject(json)) throw new SignatureFlaw('Expected properties to be a dictionary of Property JSON');
  const type = jsonGet(json, 'type');
  if (type === undefined)
    throw new SignatureFlaw(`Missing keys in Property \`${name}\`. Expected to find key \`type\``);
  const parsed = typeof type === 'string' ? columnType(json, type) : scalarType(type);
  // MLflow returns the vector in place of the property, and then misses the property.
  if (type === 'sparkml_vector') throw new SignatureFlaw('Expected values to be instance of Property');
  const required = jsonGet(json, 'required');
  if (required === undefined || typeof required === 'boolean')
    return { name, type: parsed, required: required ?? true };
  return { name, type: parsed, required: truthy(required), rawRequired: required };
}

/** Python's order of texts: by code point, not by UTF-16 unit. */
function comparePoints(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** `tuple(shape)`: lists, but also the letters of a text and the keys of an object. */
export function shapeItems(shape: JsonValue): readonly JsonValue[] {
  if (isJsonArray(shape)) return shape;
  if (typeof shape === 'string') return [...shape];
  if (isJsonObject(shape)) return [...new Set(shape.entries.map(([key]) => key))];
  throw new SignatureFlaw('a shape must be a list');
}
