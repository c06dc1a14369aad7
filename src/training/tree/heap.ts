// Turns values into the greatest first; of equal ones, the one that the C++ standard library's usual heap (libstdc++) returns.

export class Heap<Value> {
  readonly #values: Value[] = [];
  readonly #less: (a: Value, b: Value) => boolean;

  constructor(less: (a: Value, b: Value) => boolean) {
    this.#less = less;
  }

  push(value: Value): void {
    this.#values.push(value);
    this.#rise(this.#values.length - 1, value);
  }

  /** The hole at the top sinks to the bottom along the greater children, then the last value rises from there. */
  pop(): Value | undefined {
    const values = this.#values;
    const top = values[0];
    const last = values.pop();
    if (values.length === 0 || last === undefined) return top;
    let hole = 0;
    for (let child = 2; child <= values.length; child = 2 * hole + 2) {
      if (child === values.length || this.#less(values[child]!, values[child - 1]!)) child--;
      values[hole] = values[child]!;
      hole = child;
    }
    this.#rise(hole, last);
    return top;
  }

  #rise(from: number, value: Value): void {
    const values = this.#values;
    let hole = from;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!this.#less(values[parent]!, value)) break;
      values[hole] = values[parent]!;
      hole = parent;
    }
    values[hole] = value;
  }
}
