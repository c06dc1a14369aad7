// Turns a seed into the numbers of numpy.random.RandomState(seed): MT19937 (Matsumoto & Nishimura, 1998) and numpy's legacy
// shuffle.

const N = 624;
const M = 397;

export class MT19937 {
  readonly #state = new Uint32Array(N);
  #next = N;

  /** An integer from 0 to 2^32 − 1, spread by Knuth's recurrence, as numpy does for integer seeds. */
  constructor(seed: number) {
    const state = this.#state;
    state[0] = seed;
    for (let i = 1; i < N; i++) {
      const previous = state[i - 1]!;
      state[i] = Math.imul(1812433253, previous ^ (previous >>> 30)) + i;
    }
  }

  /** 32 random bits. */
  uint32(): number {
    if (this.#next === N) this.#twist();
    let y = this.#state[this.#next++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (state[i]! & 0x80000000) | (state[(i + 1) % N]! & 0x7fffffff);
      state[i] = state[(i + M) % N]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }

  /** A whole number from 0 to `max` (< 2^32): masked bits, drawn again while too large. Nothing is drawn for 0. */
  interval(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (this.uint32() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  /** Fisher and Yates from the end, in place. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.interval(i);
      const kept = values[i]!;
      values[i] = values[j]!;
      values[j] = kept;
    }
  }

  /** The whole numbers below `of`, or a copy of the given ones, in random order. */
  permutation(of: number | Int32Array): Int32Array {
    const values = typeof of === 'number' ? Int32Array.from({ length: of }, (_, i) => i) : of.slice();
    this.shuffle(values);
    return values;
  }
}
