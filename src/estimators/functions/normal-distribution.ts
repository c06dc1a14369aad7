// Turns a number into the standard normal distribution at it, and back, each to a few units in the last place.
import { exp, log } from '../exponential.js';

/** exp(−x²): the square is split, because its rounding would grow in the exponential. */
function gauss(x: number): number {
  const head = Math.fround(x);
  return exp(-head * head) * exp(-(x - head) * (x + head));
}

/** By its series, whose terms are all positive (Abramowitz and Stegun 7.1.6), up to 2.5; beyond as 1 − erfc. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 2.5)) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * gauss(x) * sum;
}

/** Beyond 2.5 by its continued fraction (7.1.14), from the inside out. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x <= 2.5) return x < -2.5 ? 2 - erfc(-x) : 1 - erf(x);
  if (x > 27.3) return 0;
  let below = x;
  for (let n = 120; n > 0; n--) below = x + n / 2 / below;
  return gauss(x) / (Math.sqrt(Math.PI) * below);
}

/** The distribution function. */
export const ndtr = (x: number): number => (x < -1 ? 0.5 * erfc(-x * Math.SQRT1_2) : 0.5 + 0.5 * erf(x * Math.SQRT1_2));

type Ratio = readonly [above: readonly number[], below: readonly number[]];

// Wichura's algorithm AS 241 (Applied Statistics 37, 1988), PPND16: three quotients of polynomials, the highest power last.
const MIDDLE: Ratio = [
  [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
];
const NEAR: Ratio = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
];
const FAR: Ratio = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
  ],
  [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
];

/** The inverse of the distribution function. */
export function ndtri(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(MIDDLE, 0.180625 - q * q);
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? ratio(NEAR, r - 1.6) : ratio(FAR, r - 5);
  return q < 0 ? -size : size;
}

function ratio([above, below]: Ratio, x: number): number {
  return polynomial(above, x) / polynomial(below, x);
}

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
