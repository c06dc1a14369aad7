// The powers of ten that are exact in a double: 10^0 … 10^22, and what is lost when one is multiplied with a double.

export const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));

const SPLITTER = 2 ** 27 + 1;
/** The high half of 10^i at 2i and the low one behind it. */
const HALVES = Float64Array.from({ length: 46 }, (_, i) => {
  const power = POWERS_OF_TEN[i >> 1]!;
  const high = SPLITTER * power - (SPLITTER * power - power);
  return i % 2 === 0 ? high : power - high;
});

/** What the double `product` lacks of a·10^power, exactly (Dekker 1971). */
export function productError(a: number, power: number, product: number): number {
  const c = SPLITTER * a;
  const high = c - (c - a);
  const low = a - high;
  const powerHigh = HALVES[2 * power]!;
  const powerLow = HALVES[2 * power + 1]!;
  return high * powerHigh - product + high * powerLow + low * powerHigh + low * powerLow;
}
