// Sorts many float32 keys together with their positions, in linear time; used if equal keys may come in any order, or do not
// occur. Least digit first, 11 bits a pass: a float's bits, transformed so that they count upwards, are an unsigned integer.

const BITS = 11;
const MASK = (1 << BITS) - 1;

export class RadixSort {
  readonly #keys: Int32Array;
  readonly #places: Int32Array;
  readonly #starts = [0, 1, 2].map(() => new Int32Array(MASK + 1));

  constructor(capacity: number) {
    this.#keys = new Int32Array(capacity);
    this.#places = new Int32Array(capacity);
  }

  /** Sorts `count` keys from `from` on; −0 comes before 0, and NaN must not occur. */
  sort(keys: Float32Array, places: Int32Array, from: number, count: number): void {
    const bits = new Int32Array(keys.buffer, keys.byteOffset + from * 4, count);
    const own = places.subarray(from, from + count);
    const spareBits = this.#keys.subarray(0, count);
    const sparePlaces = this.#places.subarray(0, count);
    const [low, middle, high] = this.#starts as [Int32Array, Int32Array, Int32Array];
    low.fill(0);
    middle.fill(0);
    high.fill(0);
    for (let i = 0; i < count; i++) {
      const word = bits[i]!;
      const key = word ^ ((word >> 31) | 0x80000000);
      bits[i] = key;
      low[key & MASK]!++;
      middle[(key >>> BITS) & MASK]!++;
      high[key >>> (2 * BITS)]!++;
    }
    for (const counts of this.#starts) toStarts(counts);
    pass(bits, own, spareBits, sparePlaces, low, 0);
    pass(spareBits, sparePlaces, bits, own, middle, BITS);
    pass(bits, own, spareBits, sparePlaces, high, 2 * BITS);
    for (let i = 0; i < count; i++) {
      const key = spareBits[i]!;
      bits[i] = key ^ (~(key >> 31) | 0x80000000);
    }
    own.set(sparePlaces);
  }
}

/** Turns how many keys have each digit into where the first of them goes. */
function toStarts(counts: Int32Array): void {
  let start = 0;
  for (let digit = 0; digit < counts.length; digit++) {
    const count = counts[digit]!;
    counts[digit] = start;
    start += count;
  }
}

function pass(
  keys: Int32Array,
  places: Int32Array,
  toKeys: Int32Array,
  toPlaces: Int32Array,
  starts: Int32Array,
  shift: number,
): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    const to = starts[(key >>> shift) & MASK]!++;
    toKeys[to] = key;
    toPlaces[to] = places[i]!;
  }
}
