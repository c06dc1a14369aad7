// Writes a double as decimal text into bytes: few digits, read back as the very same double, several times faster than making a string.
import { POWERS_OF_TEN } from '../csv/decimal.js';

/** Bytes one number takes at most. */
export const MOST_DOUBLE_BYTES = 32;

const SPLITTER = 2 ** 27 + 1;
const BITS = new Float64Array(1);
const WORDS = new Uint32Array(BITS.buffer);
/** Half the distance of two neighbouring doubles, by the biased exponent. */
const HALF_GAPS = Float64Array.from({ length: 2048 }, (_, exponent) => 2 ** (exponent - 1023 - 53));
const DIGITS = new Uint8Array(24);

/**
 * Writes at `bytes[at…]` and returns the end. Whole numbers end in `.0`; NaN and infinities are the words `NaN`,
 * `Infinity`, `-Infinity` (not JSON: the caller decides). Between 1e-5 and 1e14 the shortest of 15, 16 and 17 digits that
 * reads back alike is computed exactly (v·10^p as the sum of two doubles, two-product after Dekker 1971); elsewhere
 * JavaScript's own text is used.
 */
export function writeDouble(value: number, bytes: Buffer, at: number): number {
  let v = value;
  if (v < 0) {
    bytes[at++] = 45;
    v = -v;
  }
  if (!(v >= 1e-5 && v < 1e14)) return writeText(value < 0 ? v : value, bytes, at);
  let exponent: number;
  if (v >= 1) {
    exponent = 0;
    while (v >= POWERS_OF_TEN[exponent + 1]!) exponent++;
  } else {
    exponent = v >= 0.1 ? -1 : v >= 0.01 ? -2 : v >= 0.001 ? -3 : v >= 0.0001 ? -4 : -5;
  }
  let places = 14 - exponent;
  const power = POWERS_OF_TEN[places]!;
  const fifteen = Math.round(v * power);
  let high: number;
  let low: number;
  if (fifteen / power === v) {
    high = Math.floor(fifteen / 1e8);
    low = fifteen - high * 1e8;
  } else {
    BITS[0] = v;
    // At a power of two the gap below is half the gap above.
    if (WORDS[0] === 0 && (WORDS[1]! & 0xfffff) === 0) return writeText(v, bytes, at);
    const gap = HALF_GAPS[WORDS[1]! >>> 20]!;
    for (places = 15 - exponent; ; places++) {
      const scale = POWERS_OF_TEN[places]!;
      const product = v * scale;
      const error = productError(v, scale, product);
      high = Math.floor(product / 1e8);
      const rest = product - high * 1e8 + error;
      low = Math.round(rest);
      if (places > 15 - exponent || Math.abs(low - rest) < gap * scale * 0.999999) break;
    }
    if (low < 0) {
      low += 1e8;
      high--;
    } else if (low >= 1e8) {
      low -= 1e8;
      high++;
    }
  }
  return writeDigits(high, low, places, bytes, at);
}

/** high·10^8 + low, with `places` digits behind the point. */
function writeDigits(high: number, low: number, places: number, bytes: Buffer, start: number): number {
  let at = start;
  let first = 24;
  let rest = low | 0;
  for (let i = 0; i < 8; i++) {
    const next = (rest / 10) | 0;
    DIGITS[--first] = 48 + rest - next * 10;
    rest = next;
  }
  rest = high | 0;
  while (rest > 0) {
    const next = (rest / 10) | 0;
    DIGITS[--first] = 48 + rest - next * 10;
    rest = next;
  }
  let last = 24;
  // Not beyond the first digit behind the point.
  const point = 24 - places;
  while (last > point + 1 && DIGITS[last - 1] === 48) last--;
  if (first < point) {
    while (first < point) bytes[at++] = DIGITS[first++]!;
  } else bytes[at++] = 48;
  bytes[at++] = 46;
  for (let zero = point; zero < first; zero++) bytes[at++] = 48;
  while (first < last) bytes[at++] = DIGITS[first++]!;
  return at;
}

function writeText(value: number, bytes: Buffer, at: number): number {
  if (value === 0) return at + bytes.write(Object.is(value, -0) ? '-0.0' : '0.0', at, 'latin1');
  const text = String(value);
  const end = at + bytes.write(text, at, 'latin1');
  return /^\d+$/.test(text) ? end + bytes.write('.0', end, 'latin1') : end;
}

function productError(a: number, b: number, product: number): number {
  const ca = SPLITTER * a;
  const aHigh = ca - (ca - a);
  const aLow = a - aHigh;
  const cb = SPLITTER * b;
  const bHigh = cb - (cb - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
