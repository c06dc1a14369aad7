// Turns the bytes of an array in Fortran order into C order.

/** `size` is the bytes of one element. The bytes are copied only if the order makes a difference. */
export function cOrder(bytes: Uint8Array, shape: readonly number[], size: number): Uint8Array {
  const long = shape.filter((length) => length !== 1);
  if (long.length < 2 || bytes.length === 0) return bytes;
  const out = new Uint8Array(bytes.length);
  const steps: number[] = [];
  let step = size;
  for (const length of long) {
    steps.push(step);
    step *= length;
  }
  const last = long.length - 1;
  const [rows, rowStep] = [long[last] as number, steps[last] as number];
  const index = new Array<number>(last).fill(0);
  let from = 0;
  for (let to = 0; to < bytes.length; ) {
    for (let row = 0, at = from; row < rows; row += 1, at += rowStep)
      for (let byte = 0; byte < size; byte += 1, to += 1) out[to] = bytes[at + byte] as number;
    for (let axis = last - 1; axis >= 0; axis -= 1) {
      from += steps[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (long[axis] as number)) break;
      from -= (steps[axis] as number) * (long[axis] as number);
      index[axis] = 0;
    }
  }
  return out;
}
