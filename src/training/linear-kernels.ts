// Turns blocks of matrix rows into scores (rows · coefficients) and residuals into gradients (residuals · rows): a fit spends its
// time in these loops. Several scores of several rows are computed at a time, so that each number is loaded once for many products
// and the processor has sums to add while others are not ready. The order in which a sum is added does not depend on that.

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
  for (; k + 3 <= width; k += 3) threeScores(matrix, from, count, features, coef, intercept, scores, k);
  for (; k < width; k++) oneScore(matrix, from, count, features, coef, intercept, scores, k);
}

/** Of score `k`, four rows at a time. */
function oneScore(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  coef: Float64Array,
  intercept: Float64Array,
  scores: Float64Array,
  k: number,
): void {
  const width = intercept.length;
  const base = k * features;
  const added = intercept[k]!;
  let i = 0;
  let row0 = from * features;
  for (; i + 4 <= count; i += 4, row0 += 4 * features) {
    const row1 = row0 + features;
    const row2 = row1 + features;
    const row3 = row2 + features;
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    for (let j = 0; j < features; j++) {
      const c = coef[base + j]!;
      sum0 += matrix[row0 + j]! * c;
      sum1 += matrix[row1 + j]! * c;
      sum2 += matrix[row2 + j]! * c;
      sum3 += matrix[row3 + j]! * c;
    }
    const to = i * width + k;
    scores[to] = sum0 + added;
    scores[to + width] = sum1 + added;
    scores[to + 2 * width] = sum2 + added;
    scores[to + 3 * width] = sum3 + added;
  }
  for (; i < count; i++, row0 += features) {
    let sum = 0;
    for (let j = 0; j < features; j++) sum += matrix[row0 + j]! * coef[base + j]!;
    scores[i * width + k] = sum + added;
  }
}

/** Of the scores from `k` on, two rows at a time. */
function threeScores(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  coef: Float64Array,
  intercept: Float64Array,
  scores: Float64Array,
  k: number,
): void {
  const width = intercept.length;
  const base0 = k * features;
  const base1 = base0 + features;
  const base2 = base1 + features;
  let i = 0;
  let row0 = from * features;
  for (; i + 2 <= count; i += 2, row0 += 2 * features) {
    const row1 = row0 + features;
    let p0 = 0;
    let p1 = 0;
    let p2 = 0;
    let q0 = 0;
    let q1 = 0;
    let q2 = 0;
    for (let j = 0; j < features; j++) {
      const x = matrix[row0 + j]!;
      const y = matrix[row1 + j]!;
      const c0 = coef[base0 + j]!;
      const c1 = coef[base1 + j]!;
      const c2 = coef[base2 + j]!;
      p0 += x * c0;
      q0 += y * c0;
      p1 += x * c1;
      q1 += y * c1;
      p2 += x * c2;
      q2 += y * c2;
    }
    const to = i * width + k;
    scores[to] = p0 + intercept[k]!;
    scores[to + 1] = p1 + intercept[k + 1]!;
    scores[to + 2] = p2 + intercept[k + 2]!;
    scores[to + width] = q0 + intercept[k]!;
    scores[to + width + 1] = q1 + intercept[k + 1]!;
    scores[to + width + 2] = q2 + intercept[k + 2]!;
  }
  const rest = scores.subarray(i * width);
  for (let one = k; one < k + 3; one++) oneScore(matrix, from + i, count - i, features, coef, intercept, rest, one);
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
  for (; k + 3 <= width; k += 3) {
    const done = threeOuterProducts(matrix, from, count, features, residuals, width, k, sums);
    for (let one = k; one < k + 3; one++) addPairs(matrix, from, done, count, features, residuals, width, one, sums);
  }
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

/** Two pairs of rows at a time, each pair added as `addPairs` does; returns how many rows were added. */
function threeOuterProducts(
  matrix: Float64Array,
  from: number,
  count: number,
  features: number,
  residuals: Float64Array,
  width: number,
  k: number,
  sums: Float64Array,
): number {
  const base0 = k * features;
  const base1 = base0 + features;
  const base2 = base1 + features;
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const row0 = (from + i) * features;
    const row1 = row0 + features;
    const row2 = row1 + features;
    const row3 = row2 + features;
    const at0 = i * width + k;
    const at1 = at0 + width;
    const at2 = at1 + width;
    const at3 = at2 + width;
    const p0 = residuals[at0]!;
    const p1 = residuals[at0 + 1]!;
    const p2 = residuals[at0 + 2]!;
    const q0 = residuals[at1]!;
    const q1 = residuals[at1 + 1]!;
    const q2 = residuals[at1 + 2]!;
    const r0 = residuals[at2]!;
    const r1 = residuals[at2 + 1]!;
    const r2 = residuals[at2 + 2]!;
    const s0 = residuals[at3]!;
    const s1 = residuals[at3 + 1]!;
    const s2 = residuals[at3 + 2]!;
    for (let j = 0; j < features; j++) {
      const w = matrix[row0 + j]!;
      const x = matrix[row1 + j]!;
      const y = matrix[row2 + j]!;
      const z = matrix[row3 + j]!;
      sums[base0 + j] = sums[base0 + j]! + (p0 * w + q0 * x) + (r0 * y + s0 * z);
      sums[base1 + j] = sums[base1 + j]! + (p1 * w + q1 * x) + (r1 * y + s1 * z);
      sums[base2 + j] = sums[base2 + j]! + (p2 * w + q2 * x) + (r2 * y + s2 * z);
    }
  }
  return i;
}

/** Of one score, the rows from `first` on: two rows are added to each other and then to the sum, and the last one alone. */
function addPairs(
  matrix: Float64Array,
  from: number,
  first: number,
  count: number,
  features: number,
  residuals: Float64Array,
  width: number,
  k: number,
  sums: Float64Array,
): void {
  const base = k * features;
  let i = first;
  for (; i + 2 <= count; i += 2) {
    const row0 = (from + i) * features;
    const row1 = row0 + features;
    const p = residuals[i * width + k]!;
    const q = residuals[(i + 1) * width + k]!;
    for (let j = 0; j < features; j++)
      sums[base + j] = sums[base + j]! + (p * matrix[row0 + j]! + q * matrix[row1 + j]!);
  }
  if (i < count) {
    const row = (from + i) * features;
    const p = residuals[i * width + k]!;
    for (let j = 0; j < features; j++) sums[base + j] = sums[base + j]! + p * matrix[row + j]!;
  }
}
