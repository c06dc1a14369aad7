// Turns a row into the weights of the atoms that explain most of it, one atom after the other (orthogonal matching pursuit).
import { solveCholesky } from '../linear-algebra/cholesky.js';

/** `gram` holds the products of the atoms with one another, `products` those with the row. As scikit-learn's `orthogonal_mp_gram`. */
export function pursueMatches(gram: Float64Array, products: Float64Array, count: number): Float64Array {
  const atoms = products.length;
  // the atoms that were chosen stand in front
  const order = Int32Array.from({ length: atoms }, (_, k) => k);
  const between = (a: number, b: number): number => gram[order[a]! * atoms + order[b]!]!;
  const triangle = new Float64Array(count * count);
  let rest = products.slice();
  let weights = new Float64Array(0);
  for (let chosen = 0; chosen < count; ) {
    const next = largest(rest);
    if (next < chosen || rest[next]! ** 2 < Number.EPSILON) break;
    const pivot = newRow(triangle, count, chosen, next, between);
    if (pivot === null) break;
    triangle[chosen * count + chosen] = pivot;
    [order[chosen], order[next]] = [order[next]!, order[chosen]!];
    chosen++;
    weights = Float64Array.from({ length: chosen }, (_, k) => products[order[k]!]!);
    solveCholesky(compact(triangle, count, chosen), chosen, weights);
    rest = rest.map((_, a) => {
      let explained = 0;
      for (let k = 0; k < chosen; k++) explained += between(a, k) * weights[k]!;
      return products[order[a]!]! - explained;
    });
  }
  const code = new Float64Array(atoms);
  for (const [k, weight] of weights.entries()) code[order[k]!] = weight;
  return code;
}

/** Writes the row of a new atom into the triangle and answers its pivot; null if the atom is a mixture of the others. */
function newRow(
  triangle: Float64Array,
  size: number,
  chosen: number,
  next: number,
  between: (a: number, b: number) => number,
): number | null {
  if (chosen === 0) return Math.sqrt(between(next, next));
  let square = 0;
  for (let k = 0; k < chosen; k++) {
    let sum = between(next, k);
    for (let j = 0; j < k; j++) sum -= triangle[k * size + j]! * triangle[chosen * size + j]!;
    const value = sum / triangle[k * size + k]!;
    triangle[chosen * size + k] = value;
    square += value * value;
  }
  const left = between(next, next) - square;
  return left <= Number.EPSILON ? null : Math.sqrt(left);
}

function compact(triangle: Float64Array, size: number, used: number): Float64Array {
  const made = new Float64Array(used * used);
  for (let i = 0; i < used; i++) for (let j = 0; j <= i; j++) made[i * used + j] = triangle[i * size + j]!;
  return made;
}

function largest(values: Float64Array): number {
  let best = 0;
  for (let k = 1; k < values.length; k++) if (Math.abs(values[k]!) > Math.abs(values[best]!)) best = k;
  return best;
}
