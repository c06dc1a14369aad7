// Turns rows of a matrix and their targets into a triangle R and a side c: min ‖R w − c‖ has the solutions of min ‖X w − y‖. Each
// block of rows is put below the triangle and reflected away (a QR decomposition by blocks of rows: Golub & Van Loan, 12.5).

import { PART, type Work } from '../../work.js';

const BLOCK = 256;
/**
 * Distance from one column of a block to the next. With a power of two, all columns would use the same lines of the processor's
 * cache.
 */
const STRIDE = BLOCK + 8;

export interface Triangle {
  readonly size: number;
  /** Column j of R at j · size, zero below the diagonal; the last column, at size · size, is c. */
  readonly values: Float64Array;
}

/** Writes rows `from` … `from + count − 1` of [X y], size + 1 columns: row i of column j to `block[i + j · stride]`. */
export type ReadRows = (from: number, count: number, block: Float64Array, stride: number) => void;

export function emptyTriangle(size: number): Triangle {
  return { size, values: new Float64Array(size * (size + 1)) };
}

/** Folds `rows` rows into `triangle`, in place. */
export function* foldRows(triangle: Triangle, rows: number, read: ReadRows): Work<void> {
  const columns = triangle.size + 1;
  const block = new Float64Array(columns * STRIDE);
  const rowsOfPart = PART / columns ** 2;
  let folded = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const count = Math.min(BLOCK, rows - from);
    read(from, count, block, STRIDE);
    foldBlock(triangle, block, count);
    folded += count;
    if (folded < rowsOfPart) continue;
    folded = 0;
    yield `${Math.floor((100 * (from + count)) / rows)} % of the rows`;
  }
}

/** Column j of the block is at j · STRIDE. Column k's reflection only touches row k of R and the rows of the block. */
function foldBlock({ size, values }: Triangle, block: Float64Array, count: number): void {
  for (let k = 0; k < size; k++) {
    const v = k * STRIDE;
    const diagonal = k * size + k;
    let tail = 0;
    for (let i = 0; i < count; i++) tail += block[v + i]! * block[v + i]!;
    if (tail === 0) continue;
    const alpha = values[diagonal]!;
    const norm = Math.sqrt(alpha * alpha + tail);
    const beta = alpha > 0 ? -norm : norm;
    const divisor = alpha - beta;
    const tau = -divisor / beta;
    for (let i = 0; i < count; i++) block[v + i] = block[v + i]! / divisor;
    values[diagonal] = beta;
    let j = k + 1;
    for (; j + 4 <= size + 1; j += 4) reflectFour(values, size, block, count, k, j, tau);
    for (; j <= size; j++) reflectOne(values, size, block, count, k, j, tau);
  }
}

function reflectOne(
  values: Float64Array,
  size: number,
  block: Float64Array,
  count: number,
  k: number,
  j: number,
  tau: number,
): void {
  const v = k * STRIDE;
  const a = j * STRIDE;
  const head = j * size + k;
  let sum = values[head]!;
  for (let i = 0; i < count; i++) sum += block[v + i]! * block[a + i]!;
  const weight = tau * sum;
  values[head] = values[head]! - weight;
  for (let i = 0; i < count; i++) block[a + i] = block[a + i]! - weight * block[v + i]!;
}

/** Four columns at a time: each number of v is loaded once for all of them. */
function reflectFour(
  values: Float64Array,
  size: number,
  block: Float64Array,
  count: number,
  k: number,
  j: number,
  tau: number,
): void {
  const v = k * STRIDE;
  const [a, b, c, d] = [j * STRIDE, (j + 1) * STRIDE, (j + 2) * STRIDE, (j + 3) * STRIDE];
  const head = j * size + k;
  let sumA = values[head]!;
  let sumB = values[head + size]!;
  let sumC = values[head + 2 * size]!;
  let sumD = values[head + 3 * size]!;
  for (let i = 0; i < count; i++) {
    const x = block[v + i]!;
    sumA += x * block[a + i]!;
    sumB += x * block[b + i]!;
    sumC += x * block[c + i]!;
    sumD += x * block[d + i]!;
  }
  sumA *= tau;
  sumB *= tau;
  sumC *= tau;
  sumD *= tau;
  values[head] = values[head]! - sumA;
  values[head + size] = values[head + size]! - sumB;
  values[head + 2 * size] = values[head + 2 * size]! - sumC;
  values[head + 3 * size] = values[head + 3 * size]! - sumD;
  for (let i = 0; i < count; i++) {
    const x = block[v + i]!;
    block[a + i] = block[a + i]! - sumA * x;
    block[b + i] = block[b + i]! - sumB * x;
    block[c + i] = block[c + i]! - sumC * x;
    block[d + i] = block[d + i]! - sumD * x;
  }
}
