// Turns a matrix and a target into the coefficients and intercept of least squares, with or without a penalty on the
// coefficients' squares.

import { isPart, type Work } from '../../work.js';
import { columnMeans, zeroMeans } from './column-means.js';
import { emptyTriangle, foldRows, type ReadRows, type Triangle } from './fold-rows.js';
import { leastNorm } from './least-norm.js';
import { dot, makeReflector, reflect } from './reflector.js';
import { solveTransposed, solveTriangle } from './solve-triangle.js';

/** Under a larger penalty, coefficients change no prediction, and its square would exceed float64. */
const MOST_PENALTY = 1e150;
/** 2^-1000 */
const LEAST_SCALE = 9.332636185032189e-302;

interface LinearData {
  /** Row-major, rows × features. */
  readonly matrix: Float64Array;
  readonly rows: number;
  readonly features: number;
  readonly target: Float64Array;
}

export interface LinearOptions {
  readonly fitIntercept: boolean;
  /** min ‖X w − y‖² + alpha ‖w‖². */
  readonly alpha: number;
  /** Without a penalty, singular values up to this part of the greatest count as zero. */
  readonly rcond: number;
}

interface LinearFit {
  readonly coef: Float64Array;
  readonly intercept: number;
}

/** A number in the answer that is not finite means that sums overflowed. */
export function* solveLinear(data: LinearData, options: LinearOptions): Work<LinearFit> {
  const { matrix, rows, features, target } = data;
  const { fitIntercept } = options;
  const centre = fitIntercept ? columnMeans : zeroMeans;
  const { means, size } = centre(matrix, rows, features);
  const side = centre(target, rows, 1);
  // powers of two, which cause no rounding, keep squares in the range of float64
  const scale = powerOfTwo(size);
  const targetScale = powerOfTwo(side.size);
  const scaled: ReadRows = (from, count, block, stride) => {
    for (let j = 0; j < features; j++) {
      const mean = means[j]!;
      for (let i = 0, at = from * features + j; i < count; i++, at += features)
        block[j * stride + i] = (matrix[at]! - mean) * scale;
    }
    for (let i = 0; i < count; i++) block[features * stride + i] = (target[from + i]! - side.means[0]!) * targetScale;
  };
  const penalty = Math.sqrt(options.alpha) * scale;
  const solution =
    rows >= features
      ? yield* solveTall(scaled, rows, features, penalty, options.rcond)
      : yield* solveWide(scaled, rows, features, penalty, options.rcond);
  const coef = solution.map((value) => (value * scale) / targetScale);
  let intercept = side.means[0]!;
  for (let j = 0; j < features; j++) intercept -= means[j]! * coef[j]!;
  return { coef, intercept: fitIntercept ? intercept : 0 };
}

/** 1, or, if squares could leave the range of float64, the power of two that brings `size` near 1. */
function powerOfTwo(size: number): number {
  if (size > 1e300) return LEAST_SCALE;
  let scale = 1;
  if (size > 1e100) while (size * scale > 1) scale /= 2;
  else if (size > 0 && size < 1e-100) while (size * scale < 0.5 && scale < 1e300) scale *= 2;
  return scale;
}

function* solveTall(
  read: ReadRows,
  rows: number,
  features: number,
  penalty: number,
  rcond: number,
): Work<Float64Array> {
  const triangle = emptyTriangle(features);
  yield* foldRows(triangle, rows, read);
  return yield* finish(triangle, penalty, rcond);
}

/** Fewer rows than features: X = L Zᵀ with L square, and the shortest solution is Z w of the shortest w for L. */
function* solveWide(
  read: ReadRows,
  rows: number,
  features: number,
  penalty: number,
  rcond: number,
): Work<Float64Array> {
  const across: Float64Array[] = [];
  const side = new Float64Array(rows);
  const row = new Float64Array(features + 1);
  for (let i = 0; i < rows; i++) {
    read(i, 1, row, 1);
    across.push(row.slice(0, features));
    side[i] = row[features]!;
  }
  const reflectors: ReturnType<typeof makeReflector>[] = [];
  for (const [k, column] of across.entries()) {
    const reflector = makeReflector(column, k);
    for (let j = k + 1; j < rows; j++) reflect(across[j]!, column, reflector.tau, k);
    reflectors.push(reflector);
    if (isPart(k, features * rows)) yield;
  }
  const triangle = emptyTriangle(rows);
  // row i of L: the upper part of across[i], with β on the diagonal
  yield* foldRows(triangle, rows, (from, count, block, stride) => {
    for (let i = 0; i < count; i++) {
      const row = from + i;
      for (let j = 0; j < row; j++) block[i + j * stride] = across[row]![j]!;
      block[i + row * stride] = reflectors[row]!.beta;
      for (let j = row + 1; j < rows; j++) block[i + j * stride] = 0;
      block[i + rows * stride] = side[row]!;
    }
  });
  const coef = new Float64Array(features);
  coef.set(yield* finish(triangle, penalty, rcond));
  for (let k = rows - 1; k >= 0; k--) reflect(coef, across[k]!, reflectors[k]!.tau, k);
  return coef;
}

/** The penalty is √alpha · I as more rows with the target 0; they make the triangle regular. */
function* finish(triangle: Triangle, penalty: number, rcond: number): Work<Float64Array> {
  const { size, values } = triangle;
  const columns = Array.from({ length: size }, (_, j) => values.slice(j * size, (j + 1) * size));
  const side = values.slice(size * size);
  if (penalty === 0) return yield* leastNorm(columns, side, rcond);
  if (penalty > MOST_PENALTY) return new Float64Array(size);
  yield* foldRows(triangle, size, (from, count, block, stride) => {
    block.fill(0);
    for (let i = 0; i < count; i++) block[i + (from + i) * stride] = penalty;
  });
  let square = 0;
  for (const column of columns) square += dot(column, column, 0, size);
  // a penalty much larger than X leaves little of c in the triangle's side, and only with rounding errors, so Xᵀ y is used from
  // before
  if (penalty * penalty >= square) {
    const product = columns.map((column) => dot(column, side, 0, size));
    values.set(solveTransposed(triangle, Float64Array.from(product)), size * size);
  }
  return solveTriangle(triangle);
}
