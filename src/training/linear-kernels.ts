// Turns blocks of matrix rows into scores (rows · coefficients) and residuals into gradients (residuals · rows): a fit spends its
// time in these two loops. Scores are computed three at a time so that each number of the matrix is loaded once for three
// products.

/** `scores[i, k] = Σ_j matrix[from + i, j] · coef[k, j] + intercept[k]` for `count` rows. */
export function linearScores(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  coef: Float64Array,
  intercept: Float64Array,
  scores: Float64Array,
): void {
  const width = intercept.length;
  let k = 0;
  for (; k + 3 <= width; k += 3) threeScores(matrix, from, count, features, coef, intercept, scores, width, k);
  for (; k < width; k++) {
    const base = k * features;
    const added = intercept[k]!;
    for (let i = 0, at = from * features; i < count; i++, at += features) {
      let sum = 0;
      for (let j = 0; j < features; j++) sum += matrix[at + j]! * coef[base + j]!;
      scores[i * width + k] = sum + added;
    }
  }
}

function threeScores(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  coef: Float64Array,
  intercept: Float64Array,
  scores: Float64Array,
  width: number,
  k: number,
): void {
  const base0 = k * features;
  const base1 = base0 + features;
  const base2 = base1 + features;
  const added0 = intercept[k]!;
  const added1 = intercept[k + 1]!;
  const added2 = intercept[k + 2]!;
  for (let i = 0, at = from * features; i < count; i++, at += features) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    for (let j = 0; j < features; j++) {
      const x = matrix[at + j]!;
      sum0 += x * coef[base0 + j]!;
      sum1 += x * coef[base1 + j]!;
      sum2 += x * coef[base2 + j]!;
    }
    const to = i * width + k;
    scores[to] = sum0 + added0;
    scores[to + 1] = sum1 + added1;
    scores[to + 2] = sum2 + added2;
  }
}

/** `sums[k, j] += Σ_i residuals[i, k] · matrix[from + i, j]`, several rows at a time so that each sum is stored once for all. */
export function addOuterProducts(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  residuals: Float64Array,
  width: number,
  sums: Float64Array,
): void {
  let k = 0;
  for (; k + 3 <= width; k += 3) threeOuterProducts(matrix, from, count, features, residuals, width, k, sums);
  for (; k < width; k++) oneOuterProduct(matrix, from, count, features, residuals, width, k, sums);
}

function oneOuterProduct(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  residuals: Float64Array,
  width: number,
  k: number,
  sums: Float64Array,
): void {
  const base = k * features;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const row0 = (from + i) * features;
    const row1 = row0 + features;
    const row2 = row1 + features;
    const row3 = row2 + features;
    const r0 = residuals[i * width + k]!;
    const r1 = residuals[(i + 1) * width + k]!;
    const r2 = residuals[(i + 2) * width + k]!;
    const r3 = residuals[(i + 3) * width + k]!;
    for (let j = 0; j < features; j++)
      sums[base + j] =
        sums[base + j]! +
        (r0 * matrix[row0 + j]! + r1 * matrix[row1 + j]! + (r2 * matrix[row2 + j]! + r3 * matrix[row3 + j]!));
  }
  for (; i < count; i++) {
    const row = (from + i) * features;
    const r = residuals[i * width + k]!;
    for (let j = 0; j < features; j++) sums[base + j] = sums[base + j]! + r * matrix[row + j]!;
  }
}

function threeOuterProducts(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  residuals: Float64Array,
  width: number,
  k: number,
  sums: Float64Array,
): void {
  const base0 = k * features;
  const base1 = base0 + features;
  const base2 = base1 + features;
  let i = 0;
  for (; i + 2 <= count; i += 2) {
    const row0 = (from + i) * features;
    const row1 = row0 + features;
    const at = i * width + k;
    const next = at + width;
    const p0 = residuals[at]!;
    const p1 = residuals[at + 1]!;
    const p2 = residuals[at + 2]!;
    const q0 = residuals[next]!;
    const q1 = residuals[next + 1]!;
    const q2 = residuals[next + 2]!;
    for (let j = 0; j < features; j++) {
      const x = matrix[row0 + j]!;
      const y = matrix[row1 + j]!;
      sums[base0 + j] = sums[base0 + j]! + (p0 * x + q0 * y);
      sums[base1 + j] = sums[base1 + j]! + (p1 * x + q1 * y);
      sums[base2 + j] = sums[base2 + j]! + (p2 * x + q2 * y);
    }
  }
  for (; i < count; i++) {
    const row = (from + i) * features;
    const at = i * width + k;
    const p0 = residuals[at]!;
    const p1 = residuals[at + 1]!;
    const p2 = residuals[at + 2]!;
    for (let j = 0; j < features; j++) {
      const x = matrix[row + j]!;
      sums[base0 + j] = sums[base0 + j]! + p0 * x;
      sums[base1 + j] = sums[base1 + j]! + p1 * x;
      sums[base2 + j] = sums[base2 + j]! + p2 * x;
    }
  }
}
