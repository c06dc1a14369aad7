// Turns JSON as XGBoost writes it, which has NaN and Infinity, into values. Numbers of an array go straight into a typed one.
import type { Refuse } from '../refuse.js';
import { MOST_LEVELS, MOST_VALUES, type Value } from './value.js';

export function readJson(bytes: Uint8Array, refuse: Refuse): Value {
  return new JsonReader(bytes, refuse).whole();
}

/** Eight bytes each. */
const MOST_NUMBERS = 40_000_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

const isSpace = (byte: number): boolean =>
  byte === 0x20 || (byte >= 0x09 && byte <= 0x0d && byte !== 0x0b && byte !== 0x0c);
/** A bare word or a number: all that is not structure or white space. */
const isPlain = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2d ||
  byte === 0x2b ||
  byte === 0x2e ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a);

const NUMBER = /^-?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|Infinity)$/;

class JsonReader {
  readonly #bytes: Uint8Array;
  readonly #buffer: Buffer;
  readonly #refuse: Refuse;
  #at = 0;
  #values = 0;
  #numbers = 0;

  constructor(bytes: Uint8Array, refuse: Refuse) {
    this.#bytes = bytes;
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#refuse = refuse;
  }

  whole(): Value {
    const value = this.#value(0);
    this.#skip();
    if (this.#at < this.#bytes.length) throw this.#bad(`${this.#bytes.length - this.#at} bytes follow the model`);
    return value;
  }

  /** The next byte after white space; -1 at the end. */
  #skip(): number {
    while (this.#at < this.#bytes.length && isSpace(this.#bytes[this.#at]!)) this.#at += 1;
    return this.#bytes[this.#at] ?? -1;
  }

  #value(depth: number): Value {
    this.#values += 1;
    if (this.#values > MOST_VALUES) throw this.#refuse.beyond(`it holds more than ${MOST_VALUES} values`);
    if (depth > MOST_LEVELS) throw this.#refuse.beyond(`it nests deeper than ${MOST_LEVELS} levels`);
    const next = this.#skip();
    if (next === OPEN_OBJECT) return this.#object(depth);
    if (next === OPEN_LIST) return this.#list(depth);
    if (next === QUOTE) return this.#string();
    return this.#plain();
  }

  #object(depth: number): ReadonlyMap<string, Value> {
    const found = new Map<string, Value>();
    this.#at += 1;
    if (this.#skip() === CLOSE_OBJECT) {
      this.#at += 1;
      return found;
    }
    for (;;) {
      if (this.#skip() !== QUOTE) throw this.#bad('expected a key');
      const key = this.#string();
      if (found.has(key)) throw this.#bad(`the key ${JSON.stringify(key.slice(0, 80))} stands twice in one object`);
      this.#expect(COLON, 'a colon');
      found.set(key, this.#value(depth + 1));
      if (this.#endOf(CLOSE_OBJECT)) return found;
    }
  }

  #list(depth: number): Value {
    this.#at += 1;
    if (this.#skip() === CLOSE_LIST) {
      this.#at += 1;
      return [];
    }
    const numbers = this.#leadingNumbers();
    if (typeof numbers === 'object') return numbers;
    const found: Value[] = [];
    for (;;) {
      found.push(this.#value(depth + 1));
      if (this.#endOf(CLOSE_LIST)) return found;
    }
  }

  /** The list if it holds numbers only; otherwise nothing is read. */
  #leadingNumbers(): Float64Array | null | undefined {
    const start = this.#at;
    let numbers = new Float64Array(16);
    for (let count = 0; ; ) {
      this.#skip();
      const value = isPlain(this.#bytes[this.#at] ?? 0) ? this.#plain() : null;
      if (typeof value !== 'number') {
        this.#at = start;
        return undefined;
      }
      if (count === numbers.length) {
        const larger = new Float64Array(count * 2);
        larger.set(numbers);
        numbers = larger;
      }
      numbers[count++] = value;
      if (!this.#endOf(CLOSE_LIST)) continue;
      this.#numbers += count;
      if (this.#numbers > MOST_NUMBERS) throw this.#refuse.beyond(`it holds more than ${MOST_NUMBERS} numbers`);
      return numbers.slice(0, count);
    }
  }

  #endOf(close: number): boolean {
    const next = this.#skip();
    if (next !== COMMA && next !== close)
      throw this.#bad(`expected a comma or ${JSON.stringify(String.fromCharCode(close))}`);
    this.#at += 1;
    return next === close;
  }

  #plain(): number | boolean | null {
    const start = this.#at;
    let whole = 0;
    let at = start;
    for (; at < this.#bytes.length; at++) {
      const digit = this.#bytes[at]! - 0x30;
      if (digit < 0 || digit > 9) break;
      whole = whole * 10 + digit;
    }
    if (at > start && at - start < 16 && !isPlain(this.#bytes[at] ?? 0)) {
      this.#at = at;
      return whole;
    }
    while (at < this.#bytes.length && isPlain(this.#bytes[at]!)) at += 1;
    const word = this.#buffer.toString('latin1', start, Math.min(at, start + 64));
    this.#at = at;
    if (NUMBER.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word === 'NaN') return Number.NaN;
    throw this.#bad(word === '' ? 'expected a value' : `${JSON.stringify(word)} is not a value`, start);
  }

  #string(): string {
    const start = this.#at;
    let at = start + 1;
    while (at < this.#bytes.length && this.#bytes[at] !== QUOTE) at += this.#bytes[at] === BACKSLASH ? 2 : 1;
    if (at >= this.#bytes.length) throw this.#bad('a text does not end', start);
    this.#at = at + 1;
    try {
      return JSON.parse(this.#buffer.toString('utf8', start, at + 1)) as string;
    } catch {
      throw this.#bad('a text is not written as JSON wants it', start);
    }
  }

  #expect(byte: number, what: string): void {
    if (this.#skip() !== byte) throw this.#bad(`expected ${what}`);
    this.#at += 1;
  }

  #bad(say: string, at = this.#at) {
    return this.#refuse.malformed(`at byte ${at}: ${say}`);
  }
}
