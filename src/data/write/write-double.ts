// Turns a double into decimal text in bytes: few digits that read back as the same double, several times faster than making a
// string.
import { POWERS_OF_TEN, productError } from '../powers-of-ten.js';
import { writeAscii } from './write-ascii.js';
import { fourDigits } from './write-integer.js';

/** Bytes that one number takes at most, with the zeros behind it that are written over. */
export const MOST_DOUBLE_BYTES = 32;

const BITS = new Float64Array(1);
const WORDS = new Uint32Array(BITS.buffer);
/** By the biased exponent: half the distance of two neighbouring doubles. */
const HALF_GAPS = Float64Array.from({ length: 2048 }, (_, exponent) => 2 ** (exponent - 1023 - 53));
/** 1e-22 … 1e14, the nearest doubles: where another decimal exponent begins. */
const STEPS = Float64Array.from({ length: 37 }, (_, i) => Number(`1e${i - 22}`));
const LEAST = -22;

/**
 * Writes `values[place]` at `at` and returns the end. Whole numbers end in `.0`; NaN and infinities are the words `NaN`,
 * `Infinity`, `-Infinity` (not JSON: the caller decides). Between 1e-22 and 1e14 the shortest of 15, 16 and 17 digits that
 * reads back alike is computed exactly (v·10^p as the sum of two doubles, two-product after Dekker 1971); elsewhere
 * JavaScript's own text is used. The double comes in its array, because a number that is passed on takes memory.
 */
export function writeDouble(values: Float64Array, place: number, view: DataView, at: number): number {
  const value = values[place]!;
  let v = value;
  if (v < 0) {
    view.setUint8(at++, 45);
    v = -v;
  }
  BITS[0] = v;
  const word = WORDS[1]!;
  // At a power of two the gap below is half the gap above.
  if (!(v >= 1e-22 && v < 1e14) || ((word & 0xfffff) === 0 && WORDS[0] === 0))
    return writeText(value < 0 ? v : value, view, at);
  const biased = word >>> 20;
  // The logarithm of 2 is 1233/4096 here; what is right or one too low is enough.
  let exponent = Math.max(LEAST, ((biased - 1023) * 1233) >> 12);
  if (v >= STEPS[exponent + 1 - LEAST]!) exponent++;
  const places = 16 - exponent;
  let factor = v;
  let power = places;
  let carried = 0;
  let gap = HALF_GAPS[biased]!;
  if (places > 22) {
    // 10^places is not a double, so there are two steps, the second on both parts of the first, with an error below 2^-100.
    factor = v * 1e22;
    power = places - 22;
    carried = productError(v, 22, factor) * POWERS_OF_TEN[power]!;
    gap *= 1e22;
  }
  const scale = POWERS_OF_TEN[power]!;
  const product = factor * scale;
  gap *= scale;
  // 17 digits are high·10^8 + rest, and rest is above 0 whatever the roundings do.
  let high = ((product - 64) * 1e-8) | 0;
  const rest = product - high * 1e8 + (productError(factor, power, product) + carried);
  let low = (rest + 0.5) | 0;
  const ten = ((((rest | 0) + 5) / 10) | 0) * 10;
  if (Math.abs(ten - rest) < gap * 1.000001) {
    const hundred = ((((rest | 0) + 50) / 100) | 0) * 100;
    const away = Math.abs(hundred - rest);
    if (away < gap * 0.999999 || (away < gap * 1.000001 && places <= 22 && readsBack(v, high, hundred, places)))
      low = hundred;
    else if (Math.abs(ten - rest) < gap * 0.999999) low = ten;
  }
  if (low >= 1e8) {
    low -= 1e8;
    high++;
  }
  return exponent < -6
    ? writeSmall(high, low, exponent, view, at)
    : exponent < 0
      ? writeFraction(high, low, exponent, view, at)
      : writeMixed(high, low, exponent, view, at);
}

/** The 15 digits over an exact power of ten are rounded once. */
const readsBack = (v: number, high: number, low: number, places: number): boolean =>
  (high * 1e6 + low / 100) / POWERS_OF_TEN[places - 2]! === v;

/** The 17 digits of high·10^8 + low. */
function writeDigits(high: number, low: number, view: DataView, at: number): void {
  const five = (high / 10000) | 0;
  const first = (five / 10000) | 0;
  view.setUint8(at, 48 + first);
  view.setUint32(at + 1, fourDigits(five - first * 10000));
  view.setUint32(at + 5, fourDigits(high - five * 10000));
  const middle = (low / 10000) | 0;
  view.setUint32(at + 9, fourDigits(middle));
  view.setUint32(at + 13, fourDigits(low - middle * 10000));
}

/** `0.00123` */
function writeFraction(high: number, low: number, exponent: number, view: DataView, start: number): number {
  view.setUint32(start, 0x302e3030);
  view.setUint32(start + 4, 0x30303030);
  const at = start + 1 - exponent;
  writeDigits(high, low, view, at);
  let end = at + 17;
  while (view.getUint8(end - 1) === 48) end--;
  return end;
}

/** `12.3`, with a digit behind the point */
function writeMixed(high: number, low: number, exponent: number, view: DataView, start: number): number {
  writeDigits(high, low, view, start + 1);
  const point = start + 1 + exponent;
  for (let at = start; at < point; at++) view.setUint8(at, view.getUint8(at + 1));
  view.setUint8(point, 46);
  let end = start + 18;
  while (end > point + 2 && view.getUint8(end - 1) === 48) end--;
  return end;
}

/** `1.23e-7` and `1e-7` */
function writeSmall(high: number, low: number, exponent: number, view: DataView, start: number): number {
  let end = writeMixed(high, low, 0, view, start);
  if (end === start + 3 && view.getUint8(end - 1) === 48) end = start + 1;
  view.setUint8(end++, 101);
  view.setUint8(end++, 45);
  if (exponent < -9) view.setUint8(end++, 48 + ((-exponent / 10) | 0));
  view.setUint8(end++, 48 + (-exponent % 10));
  return end;
}

function writeText(value: number, view: DataView, at: number): number {
  let text = Object.is(value, -0) ? '-0' : String(value);
  if (/^-?\d+$/.test(text)) text += '.0';
  return writeAscii(text, view, at);
}
