// Turns a float32 into its exponential as a float32, to the last bit as numpy computes it: x = q ln 2 + r, and e^r is a fraction of
// two polynomials, where each product is added before it is rounded.

const round = Math.fround;

const PER_LN2 = round(1 / Math.LN2);
/** 1.5 · 2^23: adding and taking it away rounds to the nearest integer. */
const ROUNDER = 12582912;
// ln 2 in two parts
const HIGH = round(-0.693145752);
const LOW = round(-1.42860677e-6);

const ABOVE = [
  5.082762527590694e-4, 6.757896990527505e-3, 5.1145120816372985e-2, 0.2473615434895521, 0.7257664613233125,
  0.9999999999980871,
].map(round);
const BELOW = [2.1595093756858297e-2, -0.27423353904116676, 1].map(round);

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduce((sum, coefficient) => round(sum * x + coefficient));

export function singleExp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 88.722839355) return Number.POSITIVE_INFINITY;
  if (x < -103.972077083) return 0;
  const q = round(round(round(x * PER_LN2) + ROUNDER) - ROUNDER);
  const r = round(q * LOW + round(q * HIGH + x));
  return round(round(polynomial(ABOVE, r) / polynomial(BELOW, r)) * 2 ** q);
}
