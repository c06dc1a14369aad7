// Turns the bytes of schema.json into JSON values whose keys stand in the order of the file.
import { JSON_LIMITS, jsonExcess } from '../../text/json-limits.js';
import { hostile, malformed } from '../refuse.js';

export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Each object inside another takes up to four levels of JSON. */
const LIMITS = { values: JSON_LIMITS.values, depth: 400 };
const WHERE = 'schema.json';

/**
 * JavaScript moves keys that look like indices to the front, and the types of a dict's keys are a list in the file's order. So such
 * a key gets one # more in front of it. The first quote is not an escaped one, so it opens a text: behind a closing quote no digit
 * can follow. Python escapes neither digits nor #.
 */
const INDEX_KEY = /(?<!\\)"(?=#*(?:0|[1-9]\d{0,9})"\s*:)/g;
const MARKED_KEY = /^#+(?:0|[1-9]\d{0,9})$/;

export function parseSchema(bytes: Uint8Array): Json {
  const excess = jsonExcess(bytes, LIMITS);
  if (excess !== null) throw hostile(WHERE, `JSON that ${excess}`, 'JSON within the limits');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return JSON.parse(text.replace(INDEX_KEY, '"#')) as Json;
  } catch {
    throw malformed(WHERE, 'bytes that are not JSON', 'JSON');
  }
}

export function keyInFile(key: string): string {
  return MARKED_KEY.test(key) ? key.slice(1) : key;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
