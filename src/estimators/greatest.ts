// Turns the scores of a row into the position of the greatest, as numpy's argmax does.

/** The first of equals; of values with a NaN, the first NaN. */
export function greatest(values: ArrayLike<number>, from: number, count: number): number {
  let best = 0;
  for (let k = 1; k < count; k++) {
    const [value, so] = [values[from + k]!, values[from + best]!];
    if (value > so || (Number.isNaN(value) && !Number.isNaN(so))) best = k;
  }
  return best;
}
