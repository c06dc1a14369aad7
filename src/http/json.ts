// Turns bytes of a server into a JSON value, after checking that it has few values and is flat: parsing costs up to forty times
// the text.
import { MlctlError } from '../errors/error.js';
import { JSON_LIMITS, type JsonLimits, jsonExcess } from '../text/json-limits.js';

export type JsonMap = Readonly<Record<string, unknown>>;

/** undefined if it is not JSON. Throws REMOTE_LIMIT, with `what` as its beginning, for more than the limits. */
export function parseJson(what: string, bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): unknown {
  const excess = jsonExcess(bytes, limits);
  if (excess !== null)
    throw new MlctlError('REMOTE_LIMIT', `${what}: the answer ${excess}`, {
      hint: 'narrow the request, or check the address of the server',
    });
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The body as a JSON object; null for anything else. Throws REMOTE_LIMIT for more than any answer needs. */
export function jsonObject(what: string, body: Uint8Array): JsonMap | null {
  const value = parseJson(what, body);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : null;
}
