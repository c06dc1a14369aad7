// Turns a number into the error function there.
import { exp } from '../exponential.js';

const TWO_OVER_ROOT_PI = 1.1283791670955126;

export function erf(x: number): number {
  if (!(Math.abs(x) <= 6)) return Number.isNaN(x) ? x : Math.sign(x);
  return Math.abs(x) < 2.5 ? series(x) : Math.sign(x) * (1 - tail(Math.abs(x)));
}

/** 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have one sign. */
function series(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17 && n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_ROOT_PI * exp(-x * x) * sum;
}

/** 1 − erf(x) by its continued fraction, from the far end. */
function tail(x: number): number {
  let fraction = x;
  for (let n = 60; n > 0; n--) fraction = x + n / 2 / fraction;
  return (exp(-x * x) * TWO_OVER_ROOT_PI) / 2 / fraction;
}
