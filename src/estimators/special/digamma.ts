// Turns a positive number into the derivative of the logarithm of the gamma function there.
import { log } from '../exponential.js';

/** The asymptotic series from 10 on; below, ψ(x) = ψ(x + 1) − 1/x leads there. */
export function digamma(x: number): number {
  if (!(x > 0)) return Number.NaN;
  let at = x;
  let shift = 0;
  while (at < 10) {
    shift += 1 / at;
    at += 1;
  }
  const z = 1 / (at * at);
  const series =
    z * (1 / 12 - z * (1 / 120 - z * (1 / 252 - z * (1 / 240 - z * (1 / 132 - z * (691 / 32760 - z * (1 / 12)))))));
  return log(at) - 0.5 / at - series - shift;
}
