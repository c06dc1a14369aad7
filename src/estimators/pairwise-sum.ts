// Turns numbers into their sum, added in numpy's order, so that means agree to the last digit (numpy/_core/src/umath/loops_utils:
// pairwise summation: below 8 one by one, up to 128 in eight lanes, beyond that by halves cut at a multiple of 8).
import type { Numbers } from './frame.js';

export function pairwiseSum(values: Numbers, from = 0, count = values.length): number {
  if (count < 8) {
    let sum = -0;
    for (let i = 0; i < count; i++) sum += values[from + i]!;
    return count === 0 ? 0 : sum;
  }
  if (count > 128) {
    const half = count >> 1;
    const cut = half - (half % 8);
    return pairwiseSum(values, from, cut) + pairwiseSum(values, from + cut, count - cut);
  }
  const lanes = values.slice(from, from + 8);
  const whole = count - (count % 8);
  for (let i = 8; i < whole; i += 8)
    for (let lane = 0; lane < 8; lane++) lanes[lane] = lanes[lane]! + values[from + i + lane]!;
  let sum = lanes[0]! + lanes[1]! + (lanes[2]! + lanes[3]!) + (lanes[4]! + lanes[5]! + (lanes[6]! + lanes[7]!));
  for (let i = whole; i < count; i++) sum += values[from + i]!;
  return sum;
}

export function mean(values: Float64Array): number {
  return pairwiseSum(values) / values.length;
}
