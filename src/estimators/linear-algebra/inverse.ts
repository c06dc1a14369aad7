// Turns a square matrix into its inverse.

/** By elimination with the largest pivot of each column; null if the matrix has none. */
export function inverseOf(matrix: Float64Array, size: number): Float64Array | null {
  const left = matrix.slice();
  const right = new Float64Array(size * size);
  for (let i = 0; i < size; i++) right[i * size + i] = 1;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let i = column + 1; i < size; i++)
      if (Math.abs(left[i * size + column]!) > Math.abs(left[pivot * size + column]!)) pivot = i;
    const value = left[pivot * size + column]!;
    if (!(Math.abs(value) > 0)) return null;
    for (const side of [left, right]) swapRows(side, size, pivot, column);
    for (let i = 0; i < size; i++) {
      const factor = i === column ? 0 : left[i * size + column]! / value;
      if (factor === 0) continue;
      for (let j = 0; j < size; j++) {
        left[i * size + j]! -= factor * left[column * size + j]!;
        right[i * size + j]! -= factor * right[column * size + j]!;
      }
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) right[i * size + j]! /= left[i * size + i]!;
  return right;
}

function swapRows(matrix: Float64Array, size: number, one: number, other: number): void {
  if (one === other) return;
  const kept = matrix.slice(one * size, (one + 1) * size);
  matrix.copyWithin(one * size, other * size, (other + 1) * size);
  matrix.set(kept, other * size);
}
