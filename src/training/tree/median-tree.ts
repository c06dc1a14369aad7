// Turns weighted numbers, added one by one, into their median and the sum of the distances from it, each in logarithmic time:
// sums of weights and of weighted numbers by rank, in a binary indexed tree (Fenwick, Software: Practice and Experience 24,
// 1994).

export class MedianTree {
  median = 0;
  /** Σ weight · |number − median| */
  error = 0;
  readonly #weights: Float64Array;
  readonly #weighted: Float64Array;
  #size = 0;
  #highestBit = 0;
  #weight = 0;
  #sum = 0;
  // sums of what is below the rank where the last descent ended
  #below = 0;
  #belowSum = 0;

  constructor(capacity: number) {
    this.#weights = new Float64Array(capacity + 1);
    this.#weighted = new Float64Array(capacity + 1);
  }

  clear(size: number): void {
    this.#size = size;
    this.#weights.fill(0, 0, size + 1);
    this.#weighted.fill(0, 0, size + 1);
    this.#weight = 0;
    this.#sum = 0;
    this.#highestBit = size === 0 ? 0 : 1 << (31 - Math.clz32(size));
  }

  /** Adds the number `sorted[rank]`. */
  add(rank: number, weight: number, sorted: Float64Array): void {
    const weighted = weight * sorted[rank]!;
    for (let i = rank + 1; i <= this.#size; i += i & -i) {
      this.#weights[i]! += weight;
      this.#weighted[i]! += weighted;
    }
    this.#weight += weight;
    this.#sum += weighted;
    this.#measure(sorted);
  }

  #measure(sorted: Float64Array): void {
    const { before, at } = this.#search(0.5 * this.#weight);
    const median = at === before ? sorted[at]! : (sorted[before]! + sorted[at]!) / 2;
    const above = this.#weight - this.#below;
    const aboveSum = this.#sum - this.#belowSum;
    this.median = median;
    this.error = aboveSum - median * above + (median * this.#below - this.#belowSum);
  }

  /** The rank at which the sum of weights exceeds `target`; if the sum equals it at some rank, also that one, as `before`. */
  #search(target: number): { before: number; at: number } {
    const weights = this.#weights;
    let at = 0;
    let rest = target;
    let bit = this.#highestBit;
    this.#below = 0;
    this.#belowSum = 0;
    for (; bit !== 0; bit >>= 1) {
      const next = at + bit;
      if (next > this.#size) continue;
      if (rest === weights[next]!) break;
      if (rest > weights[next]!) {
        rest -= weights[next]!;
        at = next;
        this.#pass(next);
      }
    }
    if (bit === 0) return { before: at, at };
    let before = at;
    for (let lower = bit, left = rest; lower !== 0; lower >>= 1) {
      const next = before + lower;
      if (next <= this.#size && left > weights[next]!) {
        left -= weights[next]!;
        before = next;
      }
    }
    for (; bit !== 0; bit >>= 1) {
      const next = at + bit;
      if (next <= this.#size && rest >= weights[next]!) {
        rest -= weights[next]!;
        at = next;
        this.#pass(next);
      }
    }
    return { before, at };
  }

  #pass(node: number): void {
    this.#below += this.#weights[node]!;
    this.#belowSum += this.#weighted[node]!;
  }
}
