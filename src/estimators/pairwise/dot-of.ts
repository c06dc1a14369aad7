// Turns a number of columns into the product of two points.
import type { Compare } from './metric.js';

export const dotOf =
  (width: number): Compare =>
  (x, from, y, at) => {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += x[from + j]! * y[at + j]!;
    return sum;
  };
