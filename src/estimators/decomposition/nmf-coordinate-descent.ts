// Turns a problem of non-negative factors into its weights, one coordinate after the other (scikit-learn's solver `cd`).
import { productOf, transposed } from '../linear-algebra/product.js';
import type { NmfProblem } from './nmf-problem.js';

export function descendCoordinates(problem: NmfProblem): Float64Array {
  const { x, rows, width, count, components_, tol, max_iter, l1_reg_W, l2_reg_W } = problem;
  const turned = transposed(components_, count, width);
  const gram = productOf(components_, turned, width, count);
  for (let k = 0; k < count; k++) gram[k * (count + 1)]! += l2_reg_W;
  const target = productOf(x, turned, width, count).map((value) => value - l1_reg_W);
  const weights = new Float64Array(rows * count);
  let first = 0;
  for (let round = 1; round <= max_iter; round++) {
    const violation = descendOnce(weights, gram, target, rows, count);
    if (round === 1) first = violation;
    if (first === 0 || violation / first <= tol) break;
  }
  return weights;
}

/** One round over all coordinates; answers how far the gradients were from what they should be. */
function descendOnce(weights: Float64Array, gram: Float64Array, target: Float64Array, rows: number, count: number) {
  let violation = 0;
  for (let t = 0; t < count; t++) {
    const curvature = gram[t * (count + 1)]!;
    for (let i = 0; i < rows; i++) {
      const at = i * count + t;
      let gradient = -target[at]!;
      for (let k = 0; k < count; k++) gradient += gram[t * count + k]! * weights[i * count + k]!;
      violation += Math.abs(weights[at] === 0 ? Math.min(0, gradient) : gradient);
      if (curvature !== 0) weights[at] = Math.max(weights[at]! - gradient / curvature, 0);
    }
  }
  return violation;
}
