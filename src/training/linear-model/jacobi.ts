// Turns a triangle T and a side b into the shortest w of least ‖Tᵀ w − b‖, with small singular values counted as zero, by the
// singular values that one-sided Jacobi rotations find (Hestenes 1958; Golub & Van Loan, 8.6.3).
import { isPart, type Work } from '../../work.js';
import { dot } from './reflector.js';

const MOST_SWEEPS = 60;

/**
 * Rotations of T's columns end in T V = U Σ; b is rotated with them as one more row of T and ends as Vᵀ b. So w = U Σ⁻¹ Vᵀ b =
 * Σ_j (T V)_j (Vᵀ b)_j / σ_j², over the σ_j greater than rcond · σ_max. Both arguments are overwritten.
 */
export function* jacobiSolve(columns: Float64Array[], b: Float64Array, rcond: number): Work<Float64Array> {
  const size = columns.length;
  const squares = columns.map((column) => dot(column, column, 0, size));
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let turned = false;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) turned = rotate(columns, squares, b, p, q) || turned;
      if (isPart(p, size * size)) yield;
    }
    if (!turned) break;
  }
  let greatest = 0;
  for (const square of squares) greatest = square > greatest ? square : greatest;
  const least = rcond * Math.sqrt(greatest);
  const w = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const column = columns[j]!;
    const square = squares[j]!;
    if (!(Math.sqrt(square) > least)) continue;
    const weight = b[j]! / square;
    for (let i = 0; i < size; i++) w[i] = w[i]! + weight * column[i]!;
  }
  return w;
}

/** Makes columns p and q orthogonal; false if they are already. */
function rotate(columns: Float64Array[], squares: number[], b: Float64Array, p: number, q: number): boolean {
  const one = columns[p]!;
  const other = columns[q]!;
  const size = one.length;
  const product = dot(one, other, 0, size);
  const bound = size * Number.EPSILON * Math.sqrt(squares[p]!) * Math.sqrt(squares[q]!);
  if (!(Math.abs(product) > bound)) return false;
  const zeta = (squares[q]! - squares[p]!) / (2 * product);
  const t = (zeta >= 0 ? 1 : -1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cosine = 1 / Math.sqrt(1 + t * t);
  const sine = cosine * t;
  for (let i = 0; i < size; i++) {
    const x = one[i]!;
    const y = other[i]!;
    one[i] = cosine * x - sine * y;
    other[i] = sine * x + cosine * y;
  }
  const [x, y] = [b[p]!, b[q]!];
  b[p] = cosine * x - sine * y;
  b[q] = sine * x + cosine * y;
  squares[p] = dot(one, one, 0, size);
  squares[q] = dot(other, other, 0, size);
  return true;
}
