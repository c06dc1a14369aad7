// Turns runs of plain numeric CSV rows from bytes into typed arrays; stops at the first row that is not plain.
import { keepsFloat } from '../keeps-float.js';
import { nearestQuotient } from '../nearest-quotient.js';
import { fourDigits } from './four-digits.js';

export type NumericTarget =
  | { readonly type: 'double'; values: Float64Array }
  | { readonly type: 'float'; values: Float32Array }
  | { readonly type: 'integer'; values: Int32Array }
  /** The two halves of each int64, low first. */
  | { readonly type: 'long'; values: Int32Array };

const POINT = 46;
const TWO_53 = 2 ** 53;
const TWO_32 = 2 ** 32;
/** How much is turned into text at once. */
const TEXT_BYTES = 1 << 16;
/** With room for another digit, or for four, a number stays below 10^9. */
const ROOM_FOR_ONE = 1e8;
const ROOM_FOR_FOUR = 1e5;

export class NumericRows {
  /** Where reading stopped: the first byte of the first row not taken. */
  position = 0;
  readonly #kinds: Uint8Array;
  readonly #targets: readonly NumericTarget[];
  readonly #delimiter: number;
  readonly #decimal: number;

  /** The text of the bytes from `#textStart` to `#textEnd`: one conversion for many numbers is what makes them cheap. */
  #text = '';
  #textStart = 0;
  #textEnd = 0;
  /** Where a long number ended, and whether it had no point. */
  #end = 0;
  #whole = true;

  constructor(targets: readonly NumericTarget[], delimiter = ',', decimal = '.') {
    this.#targets = targets;
    this.#delimiter = delimiter.charCodeAt(0);
    this.#decimal = decimal.charCodeAt(0);
    this.#kinds = Uint8Array.from(targets, ({ type }) => ['double', 'float', 'integer', 'long'].indexOf(type));
  }

  /**
   * Fills rows from `slot` on and returns how many were read. `limit` is the last line feed, where every loop over digits ends at
   * the latest; negative if there is none. A row counts only if all of its fields are plain: `[-]digits[.digits]` (or another decimal mark)
   * separated by the delimiter and ended by \n or \r\n, without empty or lossy fields.
   */
  read(bytes: Buffer, start: number, limit: number, slot: number, capacity: number): number {
    const targets = this.#targets.map(({ values }) => values);
    const width = targets.length;
    const delimiter = this.#delimiter;
    const decimal = this.#decimal;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const lastFour = bytes.length - 4;
    let row = slot;
    let at = start;
    this.position = start;
    this.#textEnd = 0;
    while (row < capacity && at < limit) {
      for (let column = 0; column < width; column++) {
        const negative = bytes[at] === 45;
        if (negative) at++;
        const first = at;
        // The digits are those of `head`, without zeros before them, and then those of `tail`.
        let head = 0;
        let digit = bytes[at]! - 48;
        while (digit >= 0 && digit <= 9 && head < ROOM_FOR_ONE) {
          head = Math.imul(head, 10) + digit;
          digit = bytes[++at]! - 48;
        }
        if (at === first) return row - slot;
        let value = head;
        let whole = digit + 48 !== decimal;
        if (!whole) {
          const point = ++at;
          while (head < ROOM_FOR_FOUR && at <= lastFour) {
            const four = fourDigits(view.getUint32(at));
            if (four < 0) break;
            head = Math.imul(head, 10_000) + four;
            at += 4;
          }
          digit = bytes[at]! - 48;
          while (digit >= 0 && digit <= 9 && head < ROOM_FOR_ONE) {
            head = Math.imul(head, 10) + digit;
            digit = bytes[++at]! - 48;
          }
          let tail = 0;
          const behind = at;
          while (at - behind <= 4 && at <= lastFour) {
            const four = fourDigits(view.getUint32(at));
            if (four < 0) break;
            tail = Math.imul(tail, 10_000) + four;
            at += 4;
          }
          digit = bytes[at]! - 48;
          while (digit >= 0 && digit <= 9 && at - behind < 9) {
            tail = Math.imul(tail, 10) + digit;
            digit = bytes[++at]! - 48;
          }
          value = nearestQuotient(head, tail, at - behind, at - point);
        }
        if (Number.isNaN(value) || (digit >= 0 && digit <= 9)) {
          value = this.#longNumber(bytes, first, limit);
          if (Number.isNaN(value)) return row - slot;
          at = this.#end;
          whole = this.#whole;
        }
        // The field must end here.
        const byte = bytes[at];
        if (column < width - 1) {
          if (byte !== delimiter) return row - slot;
          at++;
        } else if (byte === 10) at++;
        else if (byte === 13 && bytes[at + 1] === 10) at += 2;
        else return row - slot;
        if (!store(this.#kinds[column]!, targets[column]!, row, negative ? -value : value, whole)) return row - slot;
      }
      row++;
      this.position = at;
    }
    return row - slot;
  }
  /** A number whose digits are too many; NaN if it is lossy as a whole number, or too large or too small for a double. */
  #longNumber(bytes: Buffer, first: number, limit: number): number {
    let end = first;
    let digits = 0;
    for (; isDigit(bytes[end]!); end++) digits = digits * 10 + (bytes[end]! - 48);
    this.#whole = bytes[end] !== this.#decimal;
    this.#end = end;
    if (this.#whole) return digits < TWO_53 ? digits : Number.NaN;
    do end++;
    while (isDigit(bytes[end]!));
    this.#end = end;
    // It is rounded as JavaScript rounds it.
    if (first < this.#textStart || end > this.#textEnd) {
      this.#textStart = first;
      this.#textEnd = Math.max(end, Math.min(limit, first + TEXT_BYTES));
      this.#text = bytes.toString('latin1', first, this.#textEnd);
    }
    const text = this.#text.substring(first - this.#textStart, end - this.#textStart);
    const value = Number(this.#decimal === POINT ? text : text.replace(',', '.'));
    return value === 0 || value === Number.POSITIVE_INFINITY ? Number.NaN : value;
  }
}

const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;

/** False if the value is lossy as this kind, or is spelt as another. */
function store(kind: number, values: NumericTarget['values'], row: number, value: number, whole: boolean): boolean {
  switch (kind) {
    case 0:
      values[row] = value;
      return true;
    case 1:
      if (!keepsFloat(value, Math.fround(value), whole)) return false;
      values[row] = value;
      return true;
    case 2:
      if (!whole || value > 2147483647 || value < -2147483648) return false;
      values[row] = value;
      return true;
    default: {
      if (!whole) return false;
      const high = Math.floor(value / TWO_32);
      values[row * 2] = value - high * TWO_32;
      values[row * 2 + 1] = high;
      return true;
    }
  }
}
