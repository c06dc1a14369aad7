// Turns the distances of a row's neighbours into their weights.

/** Null: all count the same. */
export type Weights = 'uniform' | 'distance';

/** One over the distance; if a neighbour is at the very place, only such neighbours count. Between `from` and `to`, in place. */
export function weigh(distances: Float64Array, from: number, to: number, weights: Weights): void {
  if (weights === 'uniform') {
    distances.fill(1, from, to);
    return;
  }
  let exact = false;
  for (let at = from; at < to; at++) exact ||= 1 / distances[at]! === Number.POSITIVE_INFINITY;
  for (let at = from; at < to; at++) {
    const weight = 1 / distances[at]!;
    distances[at] = exact ? Number(weight === Number.POSITIVE_INFINITY) : weight;
  }
}
