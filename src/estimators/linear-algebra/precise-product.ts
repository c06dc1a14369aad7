// Turns a vector and the columns of a matrix into their products, as if the sums were exact and rounded in the end. Where large
// terms cancel, the order of a plain sum decides the last digits, and this is nearer to what any other order gives.

const SPLITTER = 134217729; // 2^27 + 1: cuts a double into two halves whose products are exact

/** `matrix` is row-major, one row for each value of the vector, `width` columns. Writes into `to` from the place `at` on. */
export function preciseProduct(
  vector: Float64Array,
  matrix: Float64Array,
  width: number,
  to: Float64Array,
  at: number,
): void {
  for (let k = 0; k < width; k++) {
    let sum = 0;
    let rest = 0;
    for (let i = 0; i < vector.length; i++) {
      const a = vector[i]!;
      const b = matrix[i * width + k]!;
      const product = a * b;
      const next = sum + product;
      const took = next - sum;
      rest += sum - (next - took) + (product - took) + lostOf(a, b, product);
      sum = next;
    }
    // numbers near the end of the range have no halves
    to[at + k] = Number.isFinite(rest) ? sum + rest : sum;
  }
}

/** What a product lost when it was rounded. */
function lostOf(a: number, b: number, product: number): number {
  const [bigA, bigB] = [SPLITTER * a, SPLITTER * b];
  const highA = bigA - (bigA - a);
  const highB = bigB - (bigB - b);
  const [lowA, lowB] = [a - highA, b - highB];
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}
