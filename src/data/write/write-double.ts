// Turns a double into decimal text in bytes: few digits that read back as the same double, several times faster than making a
// string.
import { POWERS_OF_TEN } from '../powers-of-ten.js';

/** Bytes one number takes at most. */
export const MOST_DOUBLE_BYTES = 32;

const SPLITTER = 2 ** 27 + 1;
const BITS = new Float64Array(1);
const WORDS = new Uint32Array(BITS.buffer);
/** Half the distance of two neighbouring doubles, by the biased exponent. */
const HALF_GAPS = Float64Array.from({ length: 2048 }, (_, exponent) => 2 ** (exponent - 1023 - 53));
/** A Buffer, like the target, because one kind of memory keeps the loops fast. */
const DIGITS = Buffer.alloc(24);

/**
 * Writes at `bytes[at…]` and returns the end. Whole numbers end in `.0`; NaN and infinities are the words `NaN`,
 * `Infinity`, `-Infinity` (not JSON: the caller decides). Between 1e-22 and 1e14 the shortest of 15, 16 and 17 digits that
 * reads back alike is computed exactly (v·10^p as the sum of two doubles, two-product after Dekker 1971); elsewhere
 * JavaScript's own text is used.
 */
export function writeDouble(value: number, bytes: Buffer, at: number): number {
  let v = value;
  if (v < 0) {
    bytes[at++] = 45;
    v = -v;
  }
  if (!(v >= 1e-6 && v < 1e14))
    return v >= 1e-22 && v < 1 ? writeSmall(v, bytes, at) : writeText(value < 0 ? v : value, bytes, at);
  let exponent: number;
  if (v >= 1) {
    exponent = 0;
    while (v >= POWERS_OF_TEN[exponent + 1]!) exponent++;
  } else {
    exponent = v >= 0.1 ? -1 : v >= 0.01 ? -2 : v >= 0.001 ? -3 : v >= 0.0001 ? -4 : v >= 0.00001 ? -5 : -6;
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
  return writeDigits(high, low, places, v >= 1, bytes, at);
}

/** The two digits of 0 … 99. */
const TENS = Uint8Array.from({ length: 100 }, (_, n) => 48 + Math.floor(n / 10));
const ONES = Uint8Array.from({ length: 100 }, (_, n) => 48 + (n % 10));

/** high·10^8 + low, with `places` digits after the point. */
function writeDigits(high: number, low: number, places: number, whole: boolean, bytes: Buffer, start: number): number {
  // The digits are written from the right, without a point; a number below 1 has leading zeros.
  const base = whole ? DIGITS : bytes;
  const end = whole ? 24 : start + 2 + places;
  let at = end;
  let rest = low | 0;
  for (let i = 0; i < 4; i++) {
    const next = (rest / 100) | 0;
    const pair = rest - next * 100;
    base[--at] = ONES[pair]!;
    base[--at] = TENS[pair]!;
    rest = next;
  }
  rest = high | 0;
  while (rest >= 10) {
    const next = (rest / 100) | 0;
    const pair = rest - next * 100;
    base[--at] = ONES[pair]!;
    base[--at] = TENS[pair]!;
    rest = next;
  }
  if (rest > 0) base[--at] = 48 + rest;
  if (!whole) {
    while (at > start) bytes[--at] = 48;
    bytes[start + 1] = 46;
    let last = end;
    while (bytes[last - 1] === 48) last--;
    return last;
  }
  let out = start;
  const point = 24 - places;
  while (DIGITS[at] === 48) at++;
  while (at < point) bytes[out++] = DIGITS[at++]!;
  bytes[out++] = 46;
  let last = 24;
  // Not beyond the first digit after the point.
  while (last > point + 1 && DIGITS[last - 1] === 48) last--;
  while (at < last) bytes[out++] = DIGITS[at++]!;
  return out;
}

/** 1e-7 … 1e-22, the nearest doubles. A value on the wrong side of one only has one digit more or less to choose from. */
const SMALL = Float64Array.from({ length: 23 }, (_, i) => Number(`1e-${i}`));

/** Below 1e-6, as `1.234e-7`: v·10^places in two steps, the second on both parts of the first, with an error below 2^-100. */
function writeSmall(v: number, bytes: Buffer, start: number): number {
  BITS[0] = v;
  if (WORDS[0] === 0 && (WORDS[1]! & 0xfffff) === 0) return writeText(v, bytes, start);
  const gap = HALF_GAPS[WORDS[1]! >>> 20]!;
  let exponent = 7;
  while (v < SMALL[exponent]!) exponent++;
  const first = v * 1e22;
  const firstError = productError(v, 1e22, first);
  let high = 0;
  let low = 0;
  let places = 13 + exponent;
  for (let digits = 15; digits <= 17; digits++) {
    places++;
    // 10^places is 10^22 times this.
    const scale = places > 22 ? POWERS_OF_TEN[places - 22]! : 1 / POWERS_OF_TEN[22 - places]!;
    const more = places > 22;
    const product = more ? first * scale : v * POWERS_OF_TEN[places]!;
    const error = more
      ? productError(first, scale, product) + firstError * scale
      : productError(v, POWERS_OF_TEN[places]!, product);
    high = Math.floor(product / 1e8);
    const rest = product - high * 1e8 + error;
    low = Math.round(rest);
    if (Math.abs(low - rest) < gap * 1e22 * scale * 0.999999) break;
  }
  if (low < 0) {
    low += 1e8;
    high--;
  } else if (low >= 1e8) {
    low -= 1e8;
    high++;
  }
  let at = 24;
  for (let i = 0; i < 8; i++) {
    DIGITS[--at] = 48 + (low % 10);
    low = Math.floor(low / 10);
  }
  while (high > 0) {
    DIGITS[--at] = 48 + (high % 10);
    high = Math.floor(high / 10);
  }
  const shown = places - (23 - at);
  let last = 24;
  while (DIGITS[last - 1] === 48) last--;
  let out = start;
  bytes[out++] = DIGITS[at++]!;
  if (at < last) {
    bytes[out++] = 46;
    while (at < last) bytes[out++] = DIGITS[at++]!;
  }
  bytes[out++] = 101;
  bytes[out++] = 45;
  if (shown > 9) bytes[out++] = 48 + Math.floor(shown / 10);
  bytes[out++] = 48 + (shown % 10);
  return out;
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
