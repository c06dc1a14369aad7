// Turns two rows of sparse matrices into their product or squared distance, by one walk over both.
import type { Csr } from '../frame.js';

/** The entries `from` to `to` of a matrix, whose places rise. */
export interface SparseRow {
  readonly matrix: Csr;
  from: number;
  to: number;
}

export function dotProduct(x: SparseRow, y: SparseRow): number {
  const [left, right] = [x.matrix, y.matrix];
  let sum = 0;
  for (let i = x.from, j = y.from; i < x.to && j < y.to; ) {
    const difference = left.indices[i]! - right.indices[j]!;
    if (difference === 0) sum += left.data[i++]! * right.data[j++]!;
    else if (difference > 0) j++;
    else i++;
  }
  return sum;
}

export function squaredDistance(x: SparseRow, y: SparseRow): number {
  const [left, right] = [x.matrix, y.matrix];
  let sum = 0;
  let [i, j] = [x.from, y.from];
  while (i < x.to || j < y.to) {
    const difference = i === x.to ? 1 : j === y.to ? -1 : left.indices[i]! - right.indices[j]!;
    const value =
      difference === 0 ? left.data[i++]! - right.data[j++]! : difference > 0 ? right.data[j++]! : left.data[i++]!;
    sum += value * value;
  }
  return sum;
}

/** The same matrix with the places of each row in rising order. */
export function sortedRows(matrix: Csr): Csr {
  const { indptr, indices, data } = matrix;
  let rising = true;
  for (let i = 0; rising && i + 1 < indptr.length; i++)
    for (let at = indptr[i]! + 1; at < indptr[i + 1]!; at++) if (indices[at - 1]! > indices[at]!) rising = false;
  if (rising) return matrix;
  const made = { ...matrix, indices: indices.slice(), data: data.slice() };
  for (let i = 0; i + 1 < indptr.length; i++) {
    const [from, to] = [indptr[i]!, indptr[i + 1]!];
    const order = Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => indices[a]! - indices[b]!);
    order.forEach((at, k) => {
      made.indices[from + k] = indices[at]!;
      made.data[from + k] = data[at]!;
    });
  }
  return made;
}
