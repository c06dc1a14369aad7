// Turns a number into the value of a line through points at it (numpy.interp).

/** `xs` rise, or stay. Beyond them it is the first or the last of `ys`. */
export function interpolate(x: number, xs: Float64Array, ys: Float64Array): number {
  if (Number.isNaN(x)) return x;
  const last = xs.length - 1;
  if (x > xs[last]!) return ys[last]!;
  const at = lastNotAbove(x, xs);
  if (at < 0) return ys[0]!;
  if (at === last || xs[at] === x) return ys[at]!;
  const slope = (ys[at + 1]! - ys[at]!) / (xs[at + 1]! - xs[at]!);
  const value = slope * (x - xs[at]!) + ys[at]!;
  if (!Number.isNaN(value)) return value;
  // the two ends may be infinite
  const back = slope * (x - xs[at + 1]!) + ys[at + 1]!;
  return Number.isNaN(back) && ys[at] === ys[at + 1] ? ys[at]! : back;
}

/** The place of the last number that is not above x, −1 for none. */
export function lastNotAbove(x: number, xs: ArrayLike<number>): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (xs[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
