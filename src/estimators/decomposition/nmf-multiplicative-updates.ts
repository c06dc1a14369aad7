// Turns a problem of non-negative factors into its weights by multiplying them (scikit-learn's solver `mu`, and MiniBatchNMF).
import { log } from '../exponential.js';
import { productOf, transposed } from '../linear-algebra/product.js';
import type { NmfProblem } from './nmf-problem.js';

/** numpy's epsilon of float32, below which scikit-learn counts no value. */
const LEAST = 1.1920928955078125e-7;

/** Stops when the loss falls by less than the tolerance in ten rounds. */
export function multiplyUpdates(problem: NmfProblem): Float64Array {
  const { tol, max_iter, beta_loss } = problem;
  const weights = startOf(problem);
  const update = updateOf(problem, true);
  const first = lossOf(problem, weights);
  let previous = first;
  for (let round = 1; round <= max_iter; round++) {
    update(weights);
    if (beta_loss < 1) for (let at = 0; at < weights.length; at++) if (weights[at]! < Number.EPSILON) weights[at] = 0;
    if (tol <= 0 || round % 10 !== 0) continue;
    const loss = lossOf(problem, weights);
    if ((previous - loss) / first < tol) break;
    previous = loss;
  }
  return weights;
}

/** Stops when the weights change by less than the tolerance. */
export function multiplyUpdatesInBatch(problem: NmfProblem): Float64Array {
  const { tol, max_iter } = problem;
  const weights = startOf(problem);
  const update = updateOf(problem, false);
  for (let round = 0; round < max_iter; round++) {
    const before = weights.slice();
    update(weights);
    let change = 0;
    let size = 0;
    for (let at = 0; at < weights.length; at++) {
      change += (weights[at]! - before[at]!) ** 2;
      size += weights[at]! ** 2;
    }
    if (tol > 0 && Math.sqrt(change) / Math.sqrt(size) <= tol) break;
  }
  return weights;
}

/** All weights start at the root of the mean of x over the number of components. */
function startOf({ x, rows, count }: NmfProblem): Float64Array {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  return new Float64Array(rows * count).fill(Math.sqrt(mean / count));
}

/**
 * `growing`: scikit-learn's NMF adds the penalty to the very sums of the components that it keeps for the next round, so with
 * Kullback-Leibler it grows from round to round, and the weights depend on that.
 */
function updateOf(problem: NmfProblem, growing: boolean): (weights: Float64Array) => void {
  const { beta_loss: beta, l1_reg_W, l2_reg_W, count } = problem;
  const power = beta < 1 ? 1 / (2 - beta) : beta > 2 ? 1 / (beta - 1) : 1;
  const sides = sidesOf(problem);
  let round = 0;
  return (weights) => {
    round++;
    const penalty = growing && beta === 1 ? l1_reg_W * round : l1_reg_W;
    const [numerator, denominator] = sides(weights);
    for (let at = 0; at < weights.length; at++) {
      let below = denominator[denominator.length === count ? at % count : at]!;
      if (penalty > 0) below += penalty;
      if (l2_reg_W > 0) below += l2_reg_W * weights[at]!;
      const factor = numerator[at]! / (below === 0 ? LEAST : below);
      weights[at]! *= power === 1 ? factor : factor ** power;
    }
  };
}

/** What the weights are multiplied by and divided by: rows × count, or for all rows the same. */
function sidesOf(problem: NmfProblem): (weights: Float64Array) => [Float64Array, Float64Array] {
  const { x, width, count, components_, beta_loss: beta } = problem;
  const turned = transposed(components_, count, width);
  if (beta === 2) {
    const gram = productOf(components_, turned, width, count);
    const target = productOf(x, turned, width, count);
    return (weights) => [target, productOf(weights, gram, count, count)];
  }
  const sums = Float64Array.from({ length: count }, (_, k) =>
    components_.subarray(k * width, (k + 1) * width).reduce((sum, value) => sum + value, 0),
  );
  return (weights) => {
    const made = productOf(weights, components_, count, width);
    const safe = beta < 2 ? made.map((value) => Math.max(value, LEAST)) : made;
    const ratio = safe.map((value, at) => (beta === 1 ? x[at]! / value : x[at]! * value ** (beta - 2)));
    const numerator = productOf(ratio, turned, width, count);
    if (beta === 1) return [numerator, sums];
    const low = beta < 1 ? made.map((value) => Math.max(value, LEAST)) : made;
    return [
      numerator,
      productOf(
        low.map((value) => value ** (beta - 1)),
        turned,
        width,
        count,
      ),
    ];
  };
}

/** The root of twice the divergence between x and what the weights make of the components. */
function lossOf({ x, width, count, components_, beta_loss: beta }: NmfProblem, weights: Float64Array): number {
  const made = productOf(weights, components_, count, width);
  let loss = 0;
  if (beta === 2) {
    for (let at = 0; at < x.length; at++) loss += (x[at]! - made[at]!) ** 2;
    return Math.sqrt(loss);
  }
  let whole = 0;
  for (let at = 0; at < x.length; at++) {
    whole += beta === 1 ? made[at]! : beta === 0 ? -1 : made[at]! ** beta * (beta - 1);
    const value = x[at]!;
    if (!(value > LEAST)) continue;
    const near = Math.max(made[at]!, LEAST);
    if (beta === 1) loss += value * log(value / near) - value;
    else if (beta === 0) loss += value / near - log(value / near);
    else loss += value ** beta - beta * value * near ** (beta - 1);
  }
  const divergence = beta === 1 || beta === 0 ? loss + whole : (loss + whole) / (beta * (beta - 1));
  return Math.sqrt(2 * Math.max(divergence, 0));
}
