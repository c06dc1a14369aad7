// The triangle of the products of the active atoms, to which atoms are added and from which they are taken.

export class ActiveTriangle {
  /** Row-major, lower. */
  private readonly values: Float64Array;

  constructor(private readonly size: number) {
    this.values = new Float64Array(size * size);
  }

  /** `product` gives the product of the new atom with the k-th active one, and with itself. False if the atom is a mixture of those. */
  add(active: number, product: (k: number) => number): boolean {
    const { values, size } = this;
    let square = 0;
    for (let k = 0; k < active; k++) {
      let sum = product(k);
      for (let j = 0; j < k; j++) sum -= values[k * size + j]! * values[active * size + j]!;
      const value = sum / values[k * size + k]!;
      values[active * size + k] = value;
      square += value * value;
    }
    const pivot = Math.max(Math.sqrt(Math.abs(product(active) - square)), Number.EPSILON);
    values[active * size + active] = pivot;
    return pivot >= 1e-7;
  }

  /** Takes the k-th of the active atoms out, and turns the rows behind it back into a triangle. */
  remove(active: number, k: number): void {
    const { values, size } = this;
    for (let i = k; i < active - 1; i++)
      for (let j = 0; j <= i + 1; j++) values[i * size + j] = values[(i + 1) * size + j]!;
    for (let i = k; i < active - 1; i++) {
      const [a, b] = [values[i * size + i]!, values[i * size + i + 1]!];
      const length = Math.sqrt(a * a + b * b);
      const [c, s] = length === 0 ? [1, 0] : [a / length, b / length];
      values[i * size + i] = length;
      values[i * size + i + 1] = 0;
      for (let row = i + 1; row < active - 1; row++) {
        const [left, right] = [values[row * size + i]!, values[row * size + i + 1]!];
        values[row * size + i] = c * left + s * right;
        values[row * size + i + 1] = c * right - s * left;
      }
    }
  }

  /** The rows of the active atoms, with `extra` on the diagonal. */
  compact(active: number, extra: number): Float64Array {
    const made = new Float64Array(active * active);
    for (let i = 0; i < active; i++) {
      for (let j = 0; j <= i; j++) made[i * active + j] = this.values[i * this.size + j]!;
      made[i * (active + 1)]! += extra;
    }
    return made;
  }
}
