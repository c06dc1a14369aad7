// Turns the bytes of schema.json into JSON values whose keys stand in the order of the file.
import { jsonExcess } from '../../text/json-limits.js';
import { hostile, malformed } from '../refuse.js';
import { markIndexKeys } from './mark-index-keys.js';

export type Json = null | boolean | number | string | Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Each object inside another takes up to four levels of JSON. */
const DEPTH = 400;
/** A schema that skops writes has at least 25 bytes a value. Values without text between them take far more memory than the file. */
const FREE_VALUES = 2_000_000;
const BYTES_PER_VALUE = 20;
const WHERE = 'schema.json';

/** The keys of dicts are marked: `unmarkedKey` gives those of the file. */
export function parseSchema(bytes: Uint8Array): Json {
  const values = Math.max(FREE_VALUES, Math.floor(bytes.length / BYTES_PER_VALUE));
  const excess = jsonExcess(bytes, { values, depth: DEPTH });
  if (excess !== null) throw hostile(WHERE, `JSON that ${excess}`, 'JSON within the limits');
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(markIndexKeys(bytes));
    return JSON.parse(text) as Json;
  } catch {
    throw malformed(WHERE, 'bytes that are not JSON', 'JSON');
  }
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
