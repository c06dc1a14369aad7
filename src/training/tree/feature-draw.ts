// Draws the features that a node's split may use, each once, in the order of scikit-learn's random stream. A feature that is
// constant in a node is also constant below it, and is skipped there.
import type { XorShift } from './xorshift.js';

/**
 * Fisher and Yates over `#order`, from both ends: first the constant features (known from above and drawn, known and not drawn,
 * found here), then those that may still be drawn, then those that were drawn and vary.
 */
export class FeatureDraw {
  readonly #order: Int32Array;
  readonly #constants: Int32Array;
  readonly #random: XorShift;
  readonly #most: number;
  #known = 0;
  #drawnConstants = 0;
  #found = 0;
  #undrawnEnd = 0;
  #visited = 0;
  #at = 0;

  /** At most `most` features a node, but at least one that varies. */
  constructor(features: number, most: number, random: XorShift) {
    this.#order = Int32Array.from({ length: features }, (_, feature) => feature);
    this.#constants = new Int32Array(features);
    this.#random = random;
    this.#most = most;
  }

  /** A node begins; its parents have `known` constant features. */
  begin(known: number): void {
    this.#known = known;
    this.#drawnConstants = 0;
    this.#found = 0;
    this.#undrawnEnd = this.#order.length;
    this.#visited = 0;
  }

  /** The next feature, or −1. The caller answers each one with `constant` or `varies` before the next. */
  next(): number {
    while (
      this.#undrawnEnd > this.#known + this.#found &&
      (this.#visited < this.#most || this.#visited <= this.#found + this.#drawnConstants)
    ) {
      this.#visited++;
      const drawn = this.#random.whole(this.#drawnConstants, this.#undrawnEnd - this.#found);
      if (drawn >= this.#known) {
        this.#at = drawn + this.#found;
        return this.#order[this.#at]!;
      }
      this.#swap(this.#drawnConstants++, drawn);
    }
    return -1;
  }

  constant(): void {
    this.#swap(this.#at, this.#known + this.#found++);
  }

  varies(): void {
    this.#undrawnEnd--;
    this.#swap(this.#undrawnEnd, this.#at);
  }

  /**
   * The node ends: returns how many constant features its children know. The known ones get their order back, for the sibling.
   */
  end(): number {
    for (let i = 0; i < this.#known; i++) this.#order[i] = this.#constants[i]!;
    const total = this.#known + this.#found;
    for (let i = this.#known; i < total; i++) this.#constants[i] = this.#order[i]!;
    return total;
  }

  #swap(i: number, j: number): void {
    const kept = this.#order[i]!;
    this.#order[i] = this.#order[j]!;
    this.#order[j] = kept;
  }
}
