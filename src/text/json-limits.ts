// Checks a JSON text against limits before it is parsed, because a value takes up to forty times its text.

export interface JsonLimits {
  /** Values, the containers among them twice; keys go with their values. */
  readonly values: number;
  readonly depth: number;
}

/** A thousand runs of six hundred metrics each, or 750,000 rows of three numbers. It takes node two seconds and 400 MB at worst. */
export const JSON_LIMITS: JsonLimits = { values: 3_000_000, depth: 100 };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/** Null if the text is within the limits. It need not be JSON. */
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
