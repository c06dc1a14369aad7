// Turns a matrix of features into the scores of a linear model: X coefᵀ + intercept.

/**
 * `matrix` is row-major, rows × features; `coef` row-major, scores × features; `intercept` one value a score. Writes the scores of
 * row `row` into `to`.
 */
export function linearScores(
  matrix: Float64Array,
  row: number,
  coef: Float64Array,
  intercept: Float64Array,
  to: Float64Array,
): void {
  const width = coef.length / intercept.length;
  for (let k = 0; k < intercept.length; k++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += matrix[row * width + j]! * coef[k * width + j]!;
    to[k] = sum + intercept[k]!;
  }
}
