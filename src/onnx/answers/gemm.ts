// Turns a matrix of coefficients and one of features into their product, and an intercept: [scores, N].
import type { GraphBuilder } from '../convert/graph-builder.js';

/** coef · X + intercept: [scores, N]. `coef` is row-major, scores × features. */
export function gemm(
  graph: GraphBuilder,
  matrix: string,
  coef: ArrayLike<number>,
  intercept: ArrayLike<number>,
): string {
  const count = intercept.length;
  return graph.node('Gemm', [
    graph.doubles('coef', [count, coef.length / count], coef),
    matrix,
    graph.doubles('intercept', [count, 1], intercept),
  ]);
}
