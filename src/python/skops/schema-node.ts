// Turns one JSON object of schema.json into a node: which loader reads it, of which class it is, and its fields.
import { malformed } from '../refuse.js';
import type { Json } from './parse-schema.js';
import { type Place, placeText } from './place.js';

export interface SchemaNode {
  readonly loader: string;
  readonly module: string;
  readonly name: string;
  readonly fields: JsonObject;
}

export interface JsonObject {
  readonly [key: string]: Json;
}

export function isJsonObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function schemaNode(fields: JsonObject, place: Place): SchemaNode {
  return {
    loader: textField(fields, '__loader__', place),
    module: textField(fields, '__module__', place),
    name: textField(fields, '__class__', place),
    fields,
  };
}

/** Undefined if the node has none. The prototype of objects has fields too, so only its own count. */
export function fieldOf(fields: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function textField(fields: JsonObject, name: string, place: Place): string {
  const value = fieldOf(fields, name);
  if (typeof value !== 'string') throw malformed(placeText(place), `a node without the text ${name}`, `${name}`);
  return value;
}

export function objectField(fields: JsonObject, name: string, place: Place): JsonObject {
  const value = fieldOf(fields, name);
  if (!isJsonObject(value)) throw malformed(placeText(place), `a node without the object ${name}`, `${name}`);
  return value;
}

export function listField(fields: JsonObject, name: string, place: Place): readonly Json[] {
  const value = fieldOf(fields, name);
  if (!Array.isArray(value)) throw malformed(placeText(place), `a node without the list ${name}`, `${name}`);
  return value;
}
