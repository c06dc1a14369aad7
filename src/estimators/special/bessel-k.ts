// Turns an order and a positive number into the modified Bessel function of the second kind, K, and an order into the gamma function.
import { exp, log } from '../exponential.js';

/** The coefficients of 1 / Γ(1 + z) by powers of z. */
const RECIPROCAL_GAMMA = [
  1, 0.5772156649015329, -0.6558780715202539, -0.04200263503409524, 0.16653861138229148, -0.04219773455554433,
  -0.009621971527876973, 0.0072189432466631, -0.0011651675918590652, -0.00021524167411495098, 0.0001280502823881162,
  -2.013485478078824e-5, -1.2504934821426706e-6, 1.133027231981696e-6, -2.056338416977607e-7, 6.116095104481416e-9,
  5.002007644469223e-9, -1.18127457048702e-9, 1.0434267116911005e-10, 7.782263439905071e-12, -3.696805618642206e-12,
  5.100370287454476e-13, -2.0583260535665066e-14,
];

/** The part of the series with even or odd powers, over the lowest of them. */
function seriesPart(z: number, first: 0 | 1): number {
  let sum = 0;
  for (let k = RECIPROCAL_GAMMA.length - 1 - ((RECIPROCAL_GAMMA.length - 1 - first) % 2); k >= first; k -= 2)
    sum = sum * z * z + RECIPROCAL_GAMMA[k]!;
  return sum;
}

/** 1 / Γ(1 + z) for |z| ≤ 1/2. */
const reciprocal = (z: number): number => seriesPart(z, 0) + z * seriesPart(z, 1);

/** Γ(x) for x > 0. */
export function gamma(x: number): number {
  if (x > 171.7) return Number.POSITIVE_INFINITY;
  const whole = Math.round(x);
  const rest = x - whole;
  if (whole === 0) return 1 / (reciprocal(rest) * rest);
  let value = 1 / reciprocal(rest);
  for (let k = 1; k < whole; k++) value *= rest + k;
  return value;
}

/** An order within 1/2 of zero has a series near zero and a continued fraction beyond; the recurrence leads up to the order asked for. */
export function besselK(order: number, x: number): number {
  const steps = Math.round(order);
  const rest = order - steps;
  let [low, high] = x <= 1 ? nearZero(rest, x) : beyond(rest, x);
  for (let k = 1; k <= steps; k++) [low, high] = [high, low + (2 * (rest + k) * high) / x];
  return low;
}

/** K of the order and of the one above, by Temme's series. */
function nearZero(order: number, x: number): [number, number] {
  const angle = Math.PI * order;
  const logarithm = log(2 / x);
  const power = order * logarithm;
  const circle = Math.abs(angle) < 1e-15 ? 1 : angle / Math.sin(angle);
  const hyperbola = Math.abs(power) < 1e-15 ? 1 : Math.sinh(power) / power;
  let f = circle * (-seriesPart(order, 1) * Math.cosh(power) + seriesPart(order, 0) * hyperbola * logarithm);
  let p = (0.5 * exp(power)) / reciprocal(order);
  let q = (0.5 * exp(-power)) / reciprocal(-order);
  let c = 1;
  let sum = f;
  let above = p;
  for (let k = 1; k < 500; k++) {
    f = (k * f + p + q) / (k * k - order * order);
    p /= k - order;
    q /= k + order;
    c *= (0.25 * x * x) / k;
    const step = c * f;
    sum += step;
    above += c * (p - k * f);
    if (Math.abs(step) < Math.abs(sum) * 1e-17) break;
  }
  return [sum, (above * 2) / x];
}

/** The same by Steed's continued fraction. */
function beyond(order: number, x: number): [number, number] {
  const start = 0.25 - order * order;
  let b = 2 * (1 + x);
  let d = 1 / b;
  let h = d;
  let step = d;
  let [first, second] = [0, 1];
  let a = -start;
  let c = start;
  let q = start;
  let sum = 1 + q * step;
  for (let k = 2; k < 10_000; k++) {
    a -= 2 * (k - 1);
    c = (-a * c) / k;
    [first, second] = [second, (first - b * second) / a];
    q += c * second;
    b += 2;
    d = 1 / (b + a * d);
    step *= b * d - 1;
    h += step;
    sum += q * step;
    if (Math.abs(q * step) < Math.abs(sum) * 1e-17) break;
  }
  const value = (Math.sqrt(Math.PI / (2 * x)) * exp(-x)) / sum;
  return [value, (value * (order + x + 0.5 - start * h)) / x];
}
