// Turns bytes of a server into a JSON value, once they are known to be few values and flat: parsing costs up to forty times its text.
import { MlctlError } from '../errors/error.js';
import { JSON_LIMITS, type JsonLimits, jsonExcess } from '../text/json-limits.js';

export type JsonMap = Readonly<Record<string, unknown>>;

/** undefined where it is no JSON. Throws REMOTE_LIMIT, with `what` as its beginning, for more than the limits. */
export function parseJson(what: string, bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): unknown {
  const excess = jsonExcess(bytes, limits);
  if (excess !== null)
    throw new MlctlError('REMOTE_LIMIT', `${what}: the answer ${excess}`, {
      hint: 'no server has reason to answer so; narrow what is asked for, or check the address of the server',
    });
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch {
    return undefined;
  }
}

/** The body as a JSON object; null for anything else. Throws REMOTE_LIMIT for more than any answer has reason to hold. */
export function jsonObject(what: string, body: Uint8Array): JsonMap | null {
  const value = parseJson(what, body);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : null;
}
