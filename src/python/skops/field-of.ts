// Turns a field of a JSON object into its value, after it has checked of which kind it is.
import { malformed } from '../refuse.js';
import { isJsonObject, type Json, type JsonObject } from './parse-schema.js';
import { type Place, placeText } from './place.js';

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
