// Turns rows of numbers into rows that add up to 1, in place.
import { pairwiseSum } from '../pairwise-sum.js';

/** `allZero` says what becomes of a row whose sum is zero: the same for each column, zeros as before, or NaN. */
export function normaliseRows(values: Float64Array, width: number, allZero: 'uniform' | 'zero' | 'NaN'): void {
  for (let from = 0; from < values.length; from += width) {
    const sum = pairwiseSum(values, from, width);
    if (sum === 0 && allZero === 'zero') continue;
    const each = sum === 0 && allZero === 'uniform' ? 1 / width : null;
    for (let k = from; k < from + width; k++) values[k] = each ?? values[k]! / sum;
  }
}
