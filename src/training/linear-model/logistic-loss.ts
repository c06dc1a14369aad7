// Turns a matrix with its classes into the function that logistic regression minimizes: scikit-learn's mean half-multinomial (two
// classes: half-binomial) loss plus ½ λ |w|², with its gradient. Rows are processed in blocks whose sums are added in a fixed
// order.
import { exp, log, log1p } from '../../estimators/exponential.js';
import { PART } from '../../work.js';
import type { Objective } from '../lbfgs.js';
import { addOuterProducts, linearScores } from '../linear-kernels.js';

export interface LogisticProblem {
  /** Row-major, rows × features. */
  readonly matrix: Float64Array;
  readonly rows: number;
  readonly features: number;
  /** Class of each row, 0 … classes − 1. */
  readonly target: Int32Array;
  readonly classes: number;
  /** Weight of each class, or null for 1. */
  readonly classWeight: Float64Array | null;
  /** λ = 1 / (C · sum of weights). */
  readonly l2: number;
  readonly fitIntercept: boolean;
}

const BLOCK = 256;

/** Two classes need one row of coefficients, more need one each. */
export function scoreCount(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Parameters: `scoreCount` rows of features coefficients, then, with an intercept, one intercept a row. */
export function logisticLoss(problem: LogisticProblem): Objective {
  const { matrix, rows, features, target, classWeight, fitIntercept } = problem;
  const width = scoreCount(problem.classes);
  const size = width * features;
  const intercept = new Float64Array(width);
  // residuals: d loss / d score, rows of the block × scores
  const residuals = new Float64Array(BLOCK * width);
  const partial = new Float64Array(size);
  const pointwise = width === 1 ? binomial : multinomial;
  let weightSum = rows;
  if (classWeight) {
    weightSum = 0;
    for (let i = 0; i < rows; i++) weightSum += classWeight[target[i]!]!;
  }

  const blocksOfPart = Math.ceil(PART / (2 * BLOCK * size));
  return function* (x, gradient) {
    const coef = x.subarray(0, size);
    if (fitIntercept) intercept.set(x.subarray(size));
    gradient.fill(0);
    let loss = 0;
    let blocks = 0;
    for (let from = 0; from < rows; from += BLOCK) {
      if (++blocks % blocksOfPart === 0) yield;
      const count = Math.min(BLOCK, rows - from);
      linearScores(matrix, from, count, features, coef, intercept, residuals);
      loss += pointwise(residuals, target, from, count, width, classWeight);
      partial.fill(0);
      addOuterProducts(matrix, from, count, features, residuals, width, partial);
      for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + partial[j]!;
      if (fitIntercept) addColumnSums(residuals, count, width, gradient, size);
    }
    let squares = 0;
    for (let j = 0; j < size; j++) {
      squares += coef[j]! * coef[j]!;
      gradient[j] = gradient[j]! / weightSum + problem.l2 * coef[j]!;
    }
    for (let j = size; j < gradient.length; j++) gradient[j] = gradient[j]! / weightSum;
    return loss / weightSum + 0.5 * problem.l2 * squares;
  };
}

function addColumnSums(
  residuals: Float64Array,
  count: number,
  width: number,
  gradient: Float64Array,
  at: number,
): void {
  for (let k = 0; k < width; k++) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += residuals[i * width + k]!;
    gradient[at + k] = gradient[at + k]! + sum;
  }
}

/** Scores in, residuals out, in place; the loss of the block. ln(1 + e^z) − y z and its slope p − y. */
function binomial(
  scores: Float64Array,
  target: Int32Array,
  from: number,
  count: number,
  _width: number,
  weights: Float64Array | null,
): number {
  let loss = 0;
  for (let i = 0; i < count; i++) {
    const z = scores[i]!;
    const y = target[from + i]!;
    const weight = weights ? weights[y]! : 1;
    const e = exp(-Math.abs(z));
    const p = z >= 0 ? 1 / (1 + e) : e / (1 + e);
    loss += weight * (log1p(e) + (z >= 0 ? z : 0) - y * z);
    scores[i] = weight * (p - y);
  }
  return loss;
}

/** As `binomial`: ln Σ e^z_k − z_y and its slopes softmax(z) − onehot(y). */
function multinomial(
  scores: Float64Array,
  target: Int32Array,
  from: number,
  count: number,
  width: number,
  weights: Float64Array | null,
): number {
  let loss = 0;
  // Σ ln s = ln Π s: without weights one logarithm serves many rows. Each s is from 1 to the number of classes.
  let product = 1;
  for (let i = 0; i < count; i++) {
    const at = i * width;
    const y = target[from + i]!;
    let max = scores[at]!;
    for (let k = 1; k < width; k++) if (scores[at + k]! > max) max = scores[at + k]!;
    const own = scores[at + y]! - max;
    let sum = 0;
    for (let k = 0; k < width; k++) {
      const e = exp(scores[at + k]! - max);
      scores[at + k] = e;
      sum += e;
    }
    let weight = 1;
    if (weights) {
      weight = weights[y]!;
      loss += weight * (log(sum) - own);
    } else {
      product *= sum;
      loss -= own;
      if (product > 100) {
        loss += log(product);
        product = 1;
      }
    }
    const share = weight / sum;
    for (let k = 0; k < width; k++) scores[at + k] = scores[at + k]! * share;
    scores[at + y] = scores[at + y]! - weight;
  }
  return loss + log(product);
}
