// Reads a plain decimal number from bytes, correctly rounded, without making a string of it.

/** 10^0 … 10^22, the powers of ten that are exact in a double. */
export const POWERS_OF_TEN: readonly number[] = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

const SPLITTER = 2 ** 27 + 1;
/** Relative error bound of the quotient's remainder, with a wide margin. */
const MARGIN = 1 + 2 ** -30;

/**
 * The value of `digits[.digits]` in bytes[start..end), which holds nothing but digits and at most one point; −1 where
 * this short way cannot be sure of the last bit (the caller then takes the long way, `Number`).
 *
 * Up to 19 significant digits n = a·10^k + b are exact as the sum of two doubles; q = n / 10^f is refined by its exact
 * remainder (two-product after Dekker 1971), which leaves an error far below half a unit in the last place. Where the
 * refined value lies so near the middle of two doubles that this error could matter, −1 is given.
 */
export function longDecimal(bytes: Uint8Array, start: number, end: number): number {
  let head = 0;
  let headDigits = 0;
  let tail = 0;
  let tailDigits = 0;
  let fraction = -1;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 48;
    if (digit < 0) {
      fraction = 0;
      continue;
    }
    if (fraction >= 0) fraction++;
    if (headDigits < 15) {
      head = head * 10 + digit;
      if (head !== 0) headDigits++;
    } else if (tailDigits < 4) {
      tail = tail * 10 + digit;
      tailDigits++;
    } else return -1;
  }
  if (fraction < 0 || fraction > 22) return -1;
  const divisor = POWERS_OF_TEN[fraction]!;
  // n = high + low exactly: a product below 10^19 has at most 64 bits, so its error term is exact.
  const scale = POWERS_OF_TEN[tailDigits]!;
  const product = head * scale;
  const productError = twoProductError(head, scale, product);
  const high = product + tail;
  const low = tail - (high - product) + productError;
  const quotient = high / divisor;
  const back = quotient * divisor;
  const remainder = high - back - twoProductError(quotient, divisor, back) + low;
  const correction = remainder / divisor;
  const value = quotient + correction;
  const rest = quotient - value + correction;
  return value + rest * MARGIN === value && value > 1e-290 ? value : -1;
}

/** a·b − fl(a·b), exactly. */
function twoProductError(a: number, b: number, product: number): number {
  const ca = SPLITTER * a;
  const aHigh = ca - (ca - a);
  const aLow = a - aHigh;
  const cb = SPLITTER * b;
  const bHigh = cb - (cb - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
