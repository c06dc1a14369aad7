// Turns a JSON body into what stays of it if its numbers change, and other bodies of that shape into their numbers.
import { POWERS_OF_TEN } from '../../../data/powers-of-ten.js';
import { doubleOf } from '../numbers.js';

/** A body is `head`, rows with `between` between them, `tail`; a row is numbers with `gaps` between them. */
export interface BodyShape {
  readonly head: Buffer;
  readonly gaps: readonly Buffer[];
  /** Null if only one row was seen. */
  readonly between: Buffer | null;
  readonly tail: Buffer;
}

const QUOTE = 34;
const BACKSLASH = 92;
const PLUS = 43;
const MINUS = 45;
const POINT = 46;
const TWO_53 = 2 ** 53;

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
const isOfNumber = (byte: number | undefined): boolean =>
  isDigit(byte) || byte === MINUS || byte === PLUS || byte === POINT || byte === 101 || byte === 69;

/** Null unless its numbers are `rows` rows of `width` that are written alike. Numbers in a list under the key `fixed` do not count. */
export function shapeOf(body: Buffer, rows: number, width: number, fixed = ''): BodyShape | null {
  const starts: number[] = [];
  const ends: number[] = [];
  let key = '';
  for (let at = 0; at < body.length; at++) {
    if (body[at] === QUOTE) {
      const open = at + 1;
      for (at++; at < body.length && body[at] !== QUOTE; at++) if (body[at] === BACKSLASH) at++;
      key = body.toString('latin1', open, at);
    } else if (body[at] === MINUS || isDigit(body[at])) {
      const start = at;
      while (isOfNumber(body[at])) at++;
      if (key !== '' && key === fixed) at--;
      else if (starts.length === rows * width) return null;
      else {
        starts.push(start);
        ends.push(at--);
      }
    }
  }
  if (starts.length !== rows * width || width === 0 || rows === 0) return null;
  const after = (number: number): Buffer => body.subarray(ends[number]!, starts[number + 1] ?? body.length);
  const gaps = Array.from({ length: width - 1 }, (_, column) => Buffer.from(after(column)));
  const between = rows === 1 ? null : Buffer.from(after(width - 1));
  for (let number = 0; number < starts.length - 1; number++) {
    const column = number % width;
    if (!after(number).equals(column === width - 1 ? between! : gaps[column]!)) return null;
  }
  const head = Buffer.from(body.subarray(0, starts[0]));
  return { head, gaps, between, tail: Buffer.from(after(starts.length - 1)) };
}

/** A body of this shape; `numbers` are row after row. */
export function bodyOf({ head, gaps, between, tail }: BodyShape, numbers: readonly number[]): Buffer {
  const width = gaps.length + 1;
  const parts = numbers.flatMap((number, i) => {
    const before = i === 0 ? head : i % width === 0 ? between! : gaps[(i % width) - 1]!;
    return [before, Buffer.from(String(number))];
  });
  return Buffer.concat([...parts, tail]);
}

/** The numbers of bodies, one body at a time: what was read stays until the next one. */
export class NumberReader {
  values = new Float64Array(64);
  /** Whether a number is written without a point or an exponent. */
  whole = new Uint8Array(64);
  #at = 0;

  /** How many rows; 0 if the body has another shape, more than `most` numbers, or one that the general reader must judge. */
  read(body: Buffer, { head, gaps, between, tail }: BodyShape, most: number): number {
    if (!startsWith(body, head, 0)) return 0;
    this.#at = head.length;
    const width = gaps.length + 1;
    for (let count = 0; ; ) {
      if (count + width > most) return 0;
      while (count + width > this.values.length) this.#grow();
      for (let column = 0; column < width; column++) {
        if (column > 0) {
          const gap = gaps[column - 1]!;
          if (!startsWith(body, gap, this.#at)) return 0;
          this.#at += gap.length;
        }
        if (!this.#number(body, count++)) return 0;
      }
      if (between !== null && startsWith(body, between, this.#at)) this.#at += between.length;
      else return this.#at + tail.length === body.length && startsWith(body, tail, this.#at) ? count / width : 0;
    }
  }

  /** As JSON writes one: no zero before other digits, and digits after a point. */
  #number(body: Buffer, place: number): boolean {
    let at = this.#at;
    let byte = body[at];
    const isNegative = byte === MINUS;
    if (isNegative) byte = body[++at];
    const first = at;
    let digits = 0;
    while (byte !== undefined && byte >= 48 && byte <= 57) {
      digits = digits * 10 + (byte - 48);
      byte = body[++at];
    }
    if (at === first || (body[first] === 48 && at > first + 1)) return false;
    let fraction = 0;
    const isWhole = byte !== POINT;
    if (!isWhole) {
      const point = at;
      byte = body[++at];
      while (byte !== undefined && byte >= 48 && byte <= 57) {
        digits = digits * 10 + (byte - 48);
        byte = body[++at];
      }
      fraction = at - point - 1;
      if (fraction === 0) return false;
    }
    const hasExponent = byte === 101 || byte === 69;
    if (hasExponent) {
      byte = body[++at];
      if (byte === PLUS || byte === MINUS) at++;
      const exponent = at;
      while (isDigit(body[at])) at++;
      if (at === exponent) return false;
    }
    // An exact integer over an exact power of ten is rounded once, so correctly (Clinger 1990).
    let value = digits / POWERS_OF_TEN[fraction]!;
    if (hasExponent || digits >= TWO_53 || fraction > 22) {
      const long = doubleOf(body.toString('latin1', first, at));
      if (typeof long !== 'number') return false;
      value = long;
    }
    this.#at = at;
    this.values[place] = isNegative ? -value : value;
    this.whole[place] = isWhole && !hasExponent ? 1 : 0;
    return true;
  }

  #grow(): void {
    const values = new Float64Array(this.values.length * 4);
    values.set(this.values);
    const whole = new Uint8Array(values.length);
    whole.set(this.whole);
    this.values = values;
    this.whole = whole;
  }
}

function startsWith(body: Buffer, text: Buffer, from: number): boolean {
  const { length } = text;
  if (from + length > body.length) return false;
  if (length > 64) return body.compare(text, 0, length, from, from + length) === 0;
  for (let i = 0; i < length; i++) if (body[from + i] !== text[i]) return false;
  return true;
}
