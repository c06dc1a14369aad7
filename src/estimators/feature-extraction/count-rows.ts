// Turns rows of (column, number) pairs into a sparse matrix: the numbers of one column in a row are added up.
import type { Csr } from '../frame.js';

/** `fill` says for each row what it holds, column by column in any order. */
export function countRows(
  rows: number,
  width: number,
  fill: (row: number, add: (column: number, value: number) => void) => void,
): Csr {
  const indptr = new Int32Array(rows + 1);
  const indices: number[] = [];
  const data: number[] = [];
  for (let row = 0; row < rows; row++) {
    const sums = new Map<number, number>();
    fill(row, (column, value) => sums.set(column, (sums.get(column) ?? 0) + value));
    for (const [column, value] of [...sums].sort(([a], [b]) => a - b)) {
      indices.push(column);
      data.push(value);
    }
    indptr[row + 1] = indices.length;
  }
  return { width, indptr, indices: Int32Array.from(indices), data: Float64Array.from(data) };
}
