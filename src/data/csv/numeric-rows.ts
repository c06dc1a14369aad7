// Turns runs of plain numeric CSV rows from bytes into typed arrays; stops at the first row that is not plain.
import { POWERS_OF_TEN } from '../powers-of-ten.js';

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
    const kinds = this.#kinds;
    const width = kinds.length;
    const delimiter = this.#delimiter;
    const decimal = this.#decimal;
    const targets = this.#targets.map(({ values }) => values);
    let row = slot;
    let at = start;
    this.position = start;
    this.#textEnd = 0;
    rows: while (row < capacity && at < limit) {
      for (let column = 0; column < width; column++) {
        let byte = bytes[at]!;
        const negative = byte === 45;
        if (negative) byte = bytes[++at]!;
        const first = at;
        let digits = 0;
        while (byte >= 48 && byte <= 57) {
          digits = digits * 10 + (byte - 48);
          byte = bytes[++at]!;
        }
        if (at === first) break rows;
        let value = digits;
        const whole = byte !== decimal;
        if (!whole) {
          const point = at;
          byte = bytes[++at]!;
          while (byte >= 48 && byte <= 57) {
            digits = digits * 10 + (byte - 48);
            byte = bytes[++at]!;
          }
          const fraction = at - point - 1;
          // An exact integer over an exact power of ten is rounded once, so correctly (Clinger 1990).
          if (digits < TWO_53 && fraction <= 22) value = digits / POWERS_OF_TEN[fraction]!;
          else {
            value = this.#longNumber(bytes, first, at, limit);
            // A number too large or too small for a double is refused by the general reader.
            if (value === 0 || value === Number.POSITIVE_INFINITY) break rows;
          }
        } else if (digits >= TWO_53) break rows;
        // The field must end here.
        if (column < width - 1) {
          if (byte !== delimiter) break rows;
          at++;
        } else if (byte === 10) at++;
        else if (byte === 13 && bytes[at + 1] === 10) at += 2;
        else break rows;
        if (negative) value = -value;
        switch (kinds[column]) {
          case 0:
            (targets[column] as Float64Array)[row] = value;
            break;
          case 1: {
            const float = Math.fround(value);
            if (float - float !== 0 || (float === 0 && value !== 0) || (whole && float !== value)) break rows;
            (targets[column] as Float32Array)[row] = value;
            break;
          }
          case 2:
            if (!whole || value > 2147483647 || value < -2147483648) break rows;
            (targets[column] as Int32Array)[row] = value;
            break;
          default: {
            if (!whole) break rows;
            const high = Math.floor(value / TWO_32);
            const halves = targets[column] as Int32Array;
            halves[row * 2] = value - high * TWO_32;
            halves[row * 2 + 1] = high;
          }
        }
      }
      row++;
      this.position = at;
    }
    return row - slot;
  }
  /** A number whose digits do not fit into 53 bits, rounded as JavaScript rounds it. */
  #longNumber(bytes: Buffer, first: number, end: number, limit: number): number {
    if (first < this.#textStart || end > this.#textEnd) {
      this.#textStart = first;
      this.#textEnd = Math.max(end, Math.min(limit, first + TEXT_BYTES));
      this.#text = bytes.toString('latin1', first, this.#textEnd);
    }
    const text = this.#text.substring(first - this.#textStart, end - this.#textStart);
    return Number(this.#decimal === POINT ? text : text.replace(',', '.'));
  }
}
