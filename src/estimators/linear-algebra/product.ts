// Turns two matrices into their product.

/** a is rows × inner, b is inner × width, both row-major. */
export function productOf(a: Float64Array, b: Float64Array, inner: number, width: number): Float64Array {
  const rows = inner === 0 ? 0 : a.length / inner;
  const made = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inner; k++) {
      const value = a[i * inner + k]!;
      if (value === 0) continue;
      for (let j = 0; j < width; j++) made[i * width + j]! += value * b[k * width + j]!;
    }
  }
  return made;
}

export function transposed(values: Float64Array, rows: number, width: number): Float64Array {
  const made = new Float64Array(values.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < width; j++) made[j * rows + i] = values[i * width + j]!;
  return made;
}
