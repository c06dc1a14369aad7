// Turns the distances of a row into the order in which numpy's argpartition leaves them, because of several points at one distance
// it decides which are taken.

/** numpy sorts up to this many by a network of comparisons (on a processor with AVX2 or AVX-512), and more by pivots. */
export const LARGEST_NETWORK = 256;

/** Of more points, and with missing distances, those at one distance stay in their order. */
export function partitionOrder(distances: Float64Array): Int32Array {
  const count = distances.length;
  const order = Int32Array.from(distances.keys());
  if (count > LARGEST_NETWORK || distances.some(Number.isNaN))
    return order.sort((a, b) => compare(distances[a]!, distances[b]!));
  const exchange = (low: number, high: number): void => {
    // what lies beyond the end would be infinite, and never moves
    if (high >= count || !(distances[order[low]!]! > distances[order[high]!]!)) return;
    [order[low], order[high]] = [order[high]!, order[low]!];
  };
  for (let size = 2; size < 2 * count; size *= 2) {
    for (let from = 0; from < count; from += size)
      for (let i = 0; i < size / 2; i++) exchange(from + i, from + size - 1 - i);
    for (let step = size / 4; step >= 1; step /= 2)
      for (let from = 0; from < count; from += 2 * step) for (let i = from; i < from + step; i++) exchange(i, i + step);
  }
  return order;
}

function compare(a: number, b: number): number {
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : a - b;
}
