// Turns a column of numbers into the Householder reflection that leaves only its head, and applies that reflection to other
// columns. It uses only + − × ÷ and √ in a fixed order, so that every engine gives the same bits.

/** Σ a[i] · b[i] for from ≤ i < to, in four lanes. */
export function dot(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    sum0 += a[i]! * b[i]!;
    sum1 += a[i + 1]! * b[i + 1]!;
    sum2 += a[i + 2]! * b[i + 2]!;
    sum3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < to; i++) sum0 += a[i]! * b[i]!;
  return sum0 + sum1 + (sum2 + sum3);
}

/**
 * Turns `column` from place `head` on into the vector v of H = I − τ v vᵀ, where H column = (β, 0, 0, …), and returns τ and β. v
 * is 1 at its head, where the caller keeps β (Golub & Van Loan, algorithm 5.1.1; signs as in LAPACK's dlarfg).
 */
export function makeReflector(column: Float64Array, head: number): { tau: number; beta: number } {
  const alpha = column[head]!;
  const tail = dot(column, column, head + 1, column.length);
  if (tail === 0) return { tau: 0, beta: alpha };
  const norm = Math.sqrt(alpha * alpha + tail);
  const beta = alpha > 0 ? -norm : norm;
  const divisor = alpha - beta;
  for (let i = head + 1; i < column.length; i++) column[i] = column[i]! / divisor;
  return { tau: -divisor / beta, beta };
}

/** Applies the reflection of `v` (1 at `head`) to `column`. */
export function reflect(column: Float64Array, v: Float64Array, tau: number, head: number): void {
  if (tau === 0) return;
  const weight = tau * (column[head]! + dot(v, column, head + 1, v.length));
  column[head] = column[head]! - weight;
  for (let i = head + 1; i < v.length; i++) column[i] = column[i]! - weight * v[i]!;
}
