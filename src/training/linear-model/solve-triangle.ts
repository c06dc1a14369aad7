// Turns a triangle R into the solutions of R w = c and Rᵀ w = b. R must have no zero on its diagonal.
import type { Triangle } from './fold-rows.js';
import { dot } from './reflector.js';

/** R w = c, from the last row up. */
export function solveTriangle({ size, values }: Triangle): Float64Array {
  const w = values.slice(size * size);
  for (let k = size - 1; k >= 0; k--) {
    const value = w[k]! / values[k * size + k]!;
    w[k] = value;
    for (let i = 0; i < k; i++) w[i] = w[i]! - value * values[k * size + i]!;
  }
  return w;
}

/** Rᵀ w = b, from the first row down; `b` is overwritten. */
export function solveTransposed({ size, values }: Triangle, b: Float64Array): Float64Array {
  for (let j = 0; j < size; j++) {
    const column = values.subarray(j * size, (j + 1) * size);
    b[j] = (b[j]! - dot(column, b, 0, j)) / column[j]!;
  }
  return b;
}
