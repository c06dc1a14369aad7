// Turns distances, pushed one after the other, into the nearest few: scikit-learn's heap, so that of equals the same ones stay.

export class NearestHeap {
  /** The largest stands first. */
  readonly distances: Float64Array;
  readonly indices: Int32Array;

  constructor(readonly size: number) {
    this.distances = new Float64Array(size);
    this.indices = new Int32Array(size);
    this.clear();
  }

  clear(): void {
    this.distances.fill(Number.POSITIVE_INFINITY);
    this.indices.fill(0);
  }

  /** Takes the first of an order. */
  fill(distances: Float64Array, order: Int32Array): void {
    for (let k = 0; k < this.size; k++) {
      this.indices[k] = order[k]!;
      this.distances[k] = distances[order[k]!]!;
    }
  }

  get largest(): number {
    return this.distances[0]!;
  }

  push(distance: number, index: number): void {
    const { distances, indices, size } = this;
    // a NaN is never pushed
    if (!(distance < distances[0]!)) return;
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      if (left >= size) break;
      const right = left + 1;
      const child = right < size && distances[right]! > distances[left]! ? right : left;
      if (!(distances[child]! > distance)) break;
      distances[at] = distances[child]!;
      indices[at] = indices[child]!;
      at = child;
    }
    distances[at] = distance;
    indices[at] = index;
  }

  /** Writes the places and distances in order, the nearest first, from `at` on. */
  sortInto(indices: Int32Array, distances: Float64Array, at: number): void {
    const order = Array.from(this.distances.keys()).sort((a, b) => this.distances[a]! - this.distances[b]!);
    for (const [place, from] of order.entries()) {
      indices[at + place] = this.indices[from]!;
      distances[at + place] = this.distances[from]!;
    }
  }
}
