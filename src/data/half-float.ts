// Turns numbers into IEEE 754 binary16 (float16) and back.

/** The nearest half; a tie goes to the even one, and what is too large becomes an infinity. */
export function halfBits(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  const size = Math.abs(value);
  if (size >= 65520) return sign | 0x7c00;
  // The exponent of the unit in the last place; subnormal halves share the smallest.
  const exponent = size < 2 ** -14 ? -14 : exponentOf(size);
  const scaled = size * 2 ** (10 - exponent);
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const units = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // A carry into the next power of two runs into the exponent, where it belongs.
  return sign | ((exponent + 14) * 1024 + units);
}

export function halfValue(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** log2 can round up to the next whole number. */
function exponentOf(size: number): number {
  const near = Math.floor(Math.log2(size));
  return 2 ** near > size ? near - 1 : near;
}
