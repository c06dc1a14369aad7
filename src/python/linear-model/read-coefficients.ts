// Turns what Python saved of a linear model's coefficients into numbers: an array, or a sparse matrix after `sparsify()`.
import { readCsr } from '../read-csr.js';
import type { Value } from '../value.js';

/** A sparse matrix says any size in few bytes; this many numbers take 256 MiB. */
const MOST = 2 ** 25;

export interface Coefficients {
  readonly values: Float64Array;
  /** Null if the array has one dimension. */
  readonly rows: number | null;
  readonly width: number;
}

export function readCoefficients(value: Value): Coefficients {
  const sparse = readCsr(value);
  if (sparse === null) {
    const { values, shape } = value.numbers();
    if (shape.length === 1) return { values, rows: null, width: values.length };
    return shape.length === 2 ? { values, rows: shape[0]!, width: shape[1]! } : value.fail('one or two dimensions');
  }
  const { rows, width, indptr, indices, data } = sparse;
  if (rows * width > MOST) return value.unknown(`at most ${MOST} coefficients`);
  const values = new Float64Array(rows * width);
  for (let k = 0; k < rows; k++)
    for (let at = indptr[k]!; at < indptr[k + 1]!; at++) values[k * width + indices[at]!]! += data[at]!;
  return { values, rows, width };
}

/** `count` intercepts; without an intercept it is one zero. */
export function readIntercepts(value: Value, count: number): Float64Array {
  const { values, shape } = value.numbers();
  if (shape.length <= 1 && values.length === count) return values;
  return values.length === 1 ? new Float64Array(count).fill(values[0]!) : value.fail(`${count} numbers`);
}
