// Turns a block of rows into its share of a logistic loss: the sums of its gradient, and its loss. A share does not depend on who
// computes it or when, and shares are added in the order of their blocks.
import { exp, log, log1p } from '../../estimators/exponential.js';
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

/** Rows of a block. */
export const BLOCK = 256;

/** Two classes need one row of coefficients, more need one each. */
export function scoreCount(classes: number): number {
  return classes === 2 ? 1 : classes;
}

/** Numbers of a share: one for each coefficient, one for each intercept, the loss. */
export const shareSize = ({ classes, features }: LogisticProblem): number => scoreCount(classes) * (features + 1) + 1;

/** Computes shares of blocks at `x`: the coefficients, then the intercepts if there are any. */
export function blockLoss(problem: LogisticProblem) {
  const { matrix, rows, features, target, classWeight, fitIntercept } = problem;
  const width = scoreCount(problem.classes);
  const size = width * features;
  const intercept = new Float64Array(width);
  // residuals: d loss / d score, rows of the block × scores
  const residuals = new Float64Array(BLOCK * width);
  const pointwise = width === 1 ? binomial : multinomial;
  return (x: Float64Array, block: number, share: Float64Array): void => {
    const from = block * BLOCK;
    const count = Math.min(BLOCK, rows - from);
    if (fitIntercept) for (let k = 0; k < width; k++) intercept[k] = x[size + k]!;
    linearScores(matrix, from, count, features, x, intercept, residuals);
    share.fill(0);
    share[size + width] = pointwise(residuals, target, from, count, width, classWeight);
    addOuterProducts(matrix, from, count, features, residuals, width, share);
    for (let k = 0; k < width; k++) {
      let sum = 0;
      for (let i = 0; i < count; i++) sum += residuals[i * width + k]!;
      share[size + k] = sum;
    }
  };
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
