// Turns bytes of a server into a JSON value, once they are known to be few values and flat: parsing costs up to forty times its text.
import { MlctlError } from '../errors/error.js';

export type JsonMap = Readonly<Record<string, unknown>>;

interface JsonLimits {
  /** Values, the containers among them; keys go with their values. */
  readonly values: number;
  readonly depth: number;
}

/** A thousand runs of six hundred metrics each. It takes node two seconds and 400 MB at worst. */
const JSON_LIMITS: JsonLimits = { values: 3_000_000, depth: 100 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** What of the limits the text breaks, before anything is made of it; null where it keeps them. It need not be JSON. */
export function jsonExcess(bytes: Uint8Array, limits: JsonLimits = JSON_LIMITS): string | null {
  let values = 1;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      for (at += 1; at < bytes.length && bytes[at] !== QUOTE; at += 1) if (bytes[at] === BACKSLASH) at += 1;
    } else if (byte === COMMA) values += 1;
    // [ and {, then ] and }: they differ in one bit.
    else if (((byte as number) & 0xdf) === 0x5b) {
      values += 1;
      depth += 1;
      if (depth > limits.depth) return `nests deeper than ${limits.depth} levels`;
    } else if (((byte as number) & 0xdf) === 0x5d) depth -= 1;
    if (values > limits.values) return `holds more than ${limits.values} values`;
  }
  return null;
}

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
