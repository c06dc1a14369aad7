// Turns JSON text or bytes into values that keep what `JSON.parse` loses: the spelling of numbers, the order and repetition of keys.
import { MlctlError } from '../errors/error.js';
import { JSON_LIMITS } from '../text/json-limits.js';
import { decodeJsonText } from './json-text.js';
import type { JsonNumber, JsonObject, JsonValue } from './json-types.js';
import { nearestQuotient } from './nearest-quotient.js';

interface ParseJsonOptions {
  /** Accept the words NaN, Infinity and -Infinity, as Python's json does. */
  readonly python?: boolean;
  /** How many arrays and objects may be nested (default 900, just below what Python's recursion limit allows). */
  readonly maxDepth?: number;
}

/** `reason` is worded as in Python's JSONDecodeError; line and column count from 1, offset from 0, in code points. */
export class JsonSyntaxError extends MlctlError {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;

  constructor(reason: string, text: string, at: number) {
    const before = text.slice(0, at);
    const start = before.lastIndexOf('\n') + 1;
    let line = 1;
    for (let i = before.indexOf('\n'); i >= 0; i = before.indexOf('\n', i + 1)) line++;
    const column = countPoints(before.slice(start)) + 1;
    const offset = countPoints(before);
    super('DATA_INVALID', `cannot read JSON: ${reason} (line ${line}, column ${column})`, {
      details: { reason, line, column, offset },
    });
    this.name = 'JsonSyntaxError';
    this.reason = reason;
    this.line = line;
    this.column = column;
    this.offset = offset;
  }

  /** As `str(JSONDecodeError)`. */
  get pythonMessage(): string {
    return `${this.reason}: line ${this.line} column ${this.column} (char ${this.offset})`;
  }
}

/** The value of a key, the last one if it is repeated (as in Python and JSON.parse); undefined if it is absent. */
export function jsonGet(object: JsonObject, key: string): JsonValue | undefined {
  for (let i = object.entries.length - 1; i >= 0; i--) {
    const entry = object.entries[i]!;
    if (entry[0] === key) return entry[1];
  }
  return undefined;
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && (value as JsonObject).kind === 'object'
  );
}

export function isJsonNumber(value: JsonValue | undefined): value is JsonNumber {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && (value as JsonNumber).kind === 'number'
  );
}

export function isJsonArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function countPoints(text: string): number {
  let pairs = 0;
  for (let i = 1; i < text.length; i++)
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

const ESCAPES: Readonly<Record<number, string>> = {
  34: '"',
  47: '/',
  92: '\\',
  98: '\b',
  102: '\f',
  110: '\n',
  114: '\r',
  116: '\t',
};
const TWO_53 = 2 ** 53;
/** One more digit makes nine. */
const MOST_HEAD = 1e8;
const MOST_TAIL = 9;
/** Wider records than this are rare. */
const MOST_KEYS = 1024;
const WORDS = { n: 'null', t: 'true', f: 'false', N: 'NaN', I: 'Infinity' } as const;

class Parser {
  private readonly text: string;
  private readonly python: boolean;
  private readonly maxDepth: number;
  private readonly keys: string[] = [];
  private at = 0;
  /** As `jsonExcess` counts them. */
  private left = JSON_LIMITS.values - 1;

  constructor(text: string, options: ParseJsonOptions) {
    this.text = text;
    this.python = options.python ?? false;
    this.maxDepth = options.maxDepth ?? 900;
  }

  document(): JsonValue {
    if (this.text.charCodeAt(0) === 0xfeff) this.fail('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.space();
    const value = this.value(0);
    this.space();
    if (this.at < this.text.length) this.fail('Extra data', this.at);
    return value;
  }

  private fail(reason: string, at: number): never {
    throw new JsonSyntaxError(reason, this.text, at);
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at++;
    }
  }

  private count(): void {
    this.left -= 1;
    if (this.left < 0)
      throw new MlctlError(
        'DATA_INVALID',
        `cannot read JSON: the document holds more than ${JSON_LIMITS.values} values`,
        { hint: 'send the rows as NDJSON, CSV or Parquet, which are read in parts' },
      );
  }

  private value(depth: number): JsonValue {
    const code = this.text.charCodeAt(this.at);
    if (code === 34) return this.string();
    if (code === 123) return this.object(depth + 1);
    if (code === 91) return this.array(depth + 1);
    if (code === 45 || (code >= 48 && code <= 57)) return this.number();
    const word = WORDS[this.text[this.at] as keyof typeof WORDS];
    if (word === undefined || !this.text.startsWith(word, this.at)) this.fail('Expecting value', this.at);
    if (word === 'null' || word === 'true' || word === 'false') {
      this.at += word.length;
      return word === 'null' ? null : word === 'true';
    }
    if (!this.python) this.fail(`${word} is not JSON; expecting value`, this.at);
    this.at += word.length;
    return { kind: 'number', text: word, double: undefined };
  }

  private deeper(depth: number): void {
    this.count();
    if (depth > this.maxDepth) this.fail(`Nested more than ${this.maxDepth} deep`, this.at);
  }

  private array(depth: number): JsonValue[] {
    this.deeper(depth);
    const items: JsonValue[] = [];
    this.at++;
    this.space();
    if (this.text.charCodeAt(this.at) === 93) {
      this.at++;
      return items;
    }
    for (;;) {
      items.push(this.value(depth));
      this.space();
      const code = this.text.charCodeAt(this.at);
      if (code === 93) {
        this.at++;
        return items;
      }
      if (code !== 44) this.fail("Expecting ',' delimiter", this.at);
      this.count();
      this.at++;
      this.space();
    }
  }

  private object(depth: number): JsonObject {
    this.deeper(depth);
    const entries: [string, JsonValue][] = [];
    this.at++;
    this.space();
    if (this.text.charCodeAt(this.at) === 125) {
      this.at++;
      return { kind: 'object', entries };
    }
    for (;;) {
      if (this.text.charCodeAt(this.at) !== 34) this.fail('Expecting property name enclosed in double quotes', this.at);
      const key = this.key(entries.length);
      this.space();
      if (this.text.charCodeAt(this.at) !== 58) this.fail("Expecting ':' delimiter", this.at);
      this.at++;
      this.space();
      entries.push([key, this.value(depth)]);
      this.space();
      const code = this.text.charCodeAt(this.at);
      if (code === 125) {
        this.at++;
        return { kind: 'object', entries };
      }
      if (code !== 44) this.fail("Expecting ',' delimiter", this.at);
      this.count();
      this.at++;
      this.space();
    }
  }

  /** The keys of a record are mostly those of the one before: then they are the same texts, which are not made or compared again. */
  private key(place: number): string {
    const { text, at, keys } = this;
    const likely = keys[place];
    if (
      likely !== undefined &&
      text.slice(at + 1, at + 1 + likely.length) === likely &&
      text.charCodeAt(at + 1 + likely.length) === 34
    ) {
      this.at = at + 2 + likely.length;
      return likely;
    }
    const key = this.string();
    // An escape makes the text longer than the key.
    if (place < MOST_KEYS && this.at - at === key.length + 2) keys[place] = key;
    return key;
  }

  private digits(from: number): number {
    let at = from;
    for (let code = this.text.charCodeAt(at); code >= 48 && code <= 57; code = this.text.charCodeAt(at)) at++;
    return at;
  }

  /** As Python: `01` is the number 0 with extra data after it, `1.` and `1e` the number 1. */
  private number(): JsonNumber {
    const { text } = this;
    const start = this.at;
    const negative = text.charCodeAt(start) === 45;
    let at = negative ? start + 1 : start;
    let digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return this.infinity(start, at);
    // The digits are those of `head`, at most nine without zeros before them, and then `more` digits of `tail`.
    let head = 0;
    let tail = 0;
    let more = 0;
    const end = digit === 0 ? at + 1 : Number.POSITIVE_INFINITY;
    for (; digit >= 0 && digit <= 9 && at < end; digit = text.charCodeAt(++at) - 48) {
      if (head < MOST_HEAD) head = head * 10 + digit;
      else if (more++ < MOST_TAIL) tail = tail * 10 + digit;
    }
    let places = 0;
    if (digit + 48 === 46) {
      const point = at;
      digit = text.charCodeAt(++at) - 48;
      for (; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - 48) {
        if (head < MOST_HEAD) head = head * 10 + digit;
        else if (more++ < MOST_TAIL) tail = tail * 10 + digit;
      }
      places = at - point - 1;
      if (places === 0) at = point;
    }
    let double = more > MOST_TAIL ? Number.NaN : nearestQuotient(head, tail, more, places);
    if ((text.charCodeAt(at) | 32) === 101) {
      const sign = text.charCodeAt(at + 1);
      const from = sign === 43 || sign === 45 ? at + 2 : at + 1;
      const end = this.digits(from);
      if (end > from) {
        at = end;
        double = Number.NaN;
      }
    }
    this.at = at;
    const spelling = text.slice(start, at);
    // A whole number that is too large is rounded, which its column may refuse.
    if (Number.isNaN(double) || (places === 0 && double >= TWO_53))
      return { kind: 'number', text: spelling, double: undefined };
    return { kind: 'number', text: spelling, double: negative ? -double : double };
  }

  private infinity(start: number, at: number): JsonNumber {
    if (!this.python || !this.text.startsWith('Infinity', at)) this.fail('Expecting value', start);
    this.at = at + 8;
    return { kind: 'number', text: this.text.slice(start, this.at), double: undefined };
  }

  private string(): string {
    const { text } = this;
    const open = this.at;
    let start = open + 1;
    let at = start;
    let built = '';
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.at = at + 1;
        return built === '' ? text.slice(start, at) : built + text.slice(start, at);
      }
      if (code === 92) {
        built += text.slice(start, at);
        const letter = text.charCodeAt(at + 1);
        if (Number.isNaN(letter)) this.fail('Unterminated string starting at', open);
        if (letter === 117) {
          built += String.fromCharCode(this.hex(at + 2));
          at += 6;
        } else {
          const plain = ESCAPES[letter];
          if (plain === undefined) this.fail('Invalid \\escape', at);
          built += plain;
          at += 2;
        }
        start = at;
      } else if (code < 32) this.fail('Invalid control character at', at);
      else if (at >= text.length) this.fail('Unterminated string starting at', open);
      else at++;
    }
  }

  private hex(at: number): number {
    const digits = this.text.slice(at, at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('Invalid \\uXXXX escape', at - 1);
    return Number.parseInt(digits, 16);
  }
}

/** Reads one JSON document. Throws JsonSyntaxError, JsonEncodingError or, beyond three million values, MlctlError (DATA_INVALID). */
export function parseJson(input: string | Uint8Array, options: ParseJsonOptions = {}): JsonValue {
  return new Parser(typeof input === 'string' ? input : decodeJsonText(input), options).document();
}
