// Turns a square system into the shortest w of least ‖A w − b‖, with singular values of A up to `rcond` times the greatest
// counted as zero (as LAPACK's dgelsd does). Two QR decompositions, the first with pivoting, leave a triangle without its empty
// rows (Golub & Van Loan, 5.4.2). If the triangle's own numbers do not prove that all its singular values count, Jacobi rotations
// find them.
import { isPart, type Work } from '../../work.js';
import { jacobiSolve } from './jacobi.js';
import { dot, makeReflector, reflect } from './reflector.js';

/** `columns` are A's, each as long as `b`; both are overwritten. */
export function* leastNorm(columns: Float64Array[], b: Float64Array, rcond: number): Work<Float64Array> {
  const size = columns.length;
  const { order, rank } = yield* pivotedQr(columns, b);
  const across = firstRows(columns, rank);
  const taus: { tau: number; beta: number }[] = [];
  for (const [k, column] of across.entries()) {
    const { tau, beta } = makeReflector(column, k);
    for (let j = k + 1; j < rank; j++) reflect(across[j]!, column, tau, k);
    taus.push({ tau, beta });
    if (isPart(k, rank * size)) yield;
  }
  // across = Z T: T's column j is the upper part of across[j] with β on the diagonal
  const triangle = across.map((column, j) => {
    const part = new Float64Array(rank);
    part.set(column.subarray(0, j));
    part[j] = taus[j]!.beta;
    return part;
  });
  const kept = b.slice(0, rank);
  const short = (yield* allCount(triangle, rcond))
    ? forward(triangle, kept)
    : yield* jacobiSolve(triangle, kept, rcond);
  const long = new Float64Array(size);
  long.set(short);
  for (let k = rank - 1; k >= 0; k--) reflect(long, across[k]!, taus[k]!.tau, k);
  const w = new Float64Array(size);
  for (const [place, column] of order.entries()) w[column] = long[place]!;
  return w;
}

/** A P = Q R in place, the longest column first; ends when only rounding errors are left. b becomes Qᵀ b. */
function* pivotedQr(columns: Float64Array[], b: Float64Array): Work<{ order: number[]; rank: number }> {
  const size = columns.length;
  const order = columns.map((_, j) => j);
  let negligible = 0;
  for (let k = 0; k < size; k++) {
    let longest = k;
    let most = -1;
    for (let j = k; j < size; j++) {
      const square = dot(columns[j]!, columns[j]!, k, size);
      if (square > most) [longest, most] = [j, square];
    }
    const norm = Math.sqrt(most);
    if (k === 0) negligible = norm * size * Number.EPSILON;
    if (!(norm > negligible)) return { order, rank: k };
    [columns[k], columns[longest]] = [columns[longest]!, columns[k]!];
    [order[k], order[longest]] = [order[longest]!, order[k]!];
    const pivot = columns[k]!;
    const { tau, beta } = makeReflector(pivot, k);
    for (let j = k + 1; j < size; j++) reflect(columns[j]!, pivot, tau, k);
    reflect(b, pivot, tau, k);
    pivot[k] = beta;
    pivot.fill(0, k + 1);
    if (isPart(k, size * size)) yield;
  }
  return { order, rank: size };
}

/** The first rows of a matrix, each as an array of its own. */
function firstRows(columns: readonly Float64Array[], rows: number): Float64Array[] {
  return Array.from({ length: rows }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

/** σ_min ≥ 1 / ‖T⁻¹‖_F and σ_max ≤ ‖T‖_F; the factor 2 covers their rounding. */
function* allCount(triangle: readonly Float64Array[], rcond: number): Work<boolean> {
  const size = triangle.length;
  let whole = 0;
  for (const column of triangle) whole += dot(column, column, 0, size);
  let inverse = 0;
  for (let k = 0; k < size; k++) {
    // column k of T⁻¹, by T x = e_k from row k up
    const x = new Float64Array(k + 1);
    x[k] = 1;
    for (let j = k; j >= 0; j--) {
      const column = triangle[j]!;
      const value = x[j]! / column[j]!;
      x[j] = value;
      for (let i = 0; i < j; i++) x[i] = x[i]! - value * column[i]!;
    }
    inverse += dot(x, x, 0, k + 1);
    if (isPart(k, size * size)) yield;
  }
  return 2 * rcond * Math.sqrt(whole) * Math.sqrt(inverse) < 1;
}

/** Tᵀ w = b, from the first row down. */
function forward(triangle: readonly Float64Array[], b: Float64Array): Float64Array {
  for (let j = 0; j < b.length; j++) b[j] = (b[j]! - dot(triangle[j]!, b, 0, j)) / triangle[j]![j]!;
  return b;
}
