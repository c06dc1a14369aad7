// Turns a 32-bit seed into the numbers that scikit-learn's splitter draws: Marsaglia's xorshift 13-17-5 (Journal of Statistical
// Software 8, 2003).

const MAX = 2147483647; // 2^31 − 1

export class XorShift {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** 31 random bits. */
  next(): number {
    let state = this.#state || 1;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return state & MAX;
  }

  /** A whole number from `low` to `high` − 1. */
  whole(low: number, high: number): number {
    return low + (this.next() % (high - low));
  }

  uniform(low: number, high: number): number {
    return ((high - low) * this.next()) / MAX + low;
  }
}
