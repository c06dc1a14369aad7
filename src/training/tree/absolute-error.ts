// Turns numbers into the impurity of a regressor's splits if a node predicts their weighted median: mean absolute error.
import { Criterion, type WeightedRows } from './criterion.js';
import { sortTogether } from './introsort.js';
import { MedianTree } from './median-tree.js';

export class AbsoluteError extends Criterion {
  readonly width = 1;
  readonly #numbers: Float64Array;
  readonly #sums: MedianTree;
  // for each place in the rows' order: the errors when all rows up to it (from it on) are one part
  readonly #leftErrors: Float64Array;
  readonly #rightErrors: Float64Array;
  readonly #ranks: Int32Array;
  readonly #sorted: Float64Array;
  readonly #places: Int32Array;
  #median = 0;

  constructor(rows: WeightedRows, numbers: Float64Array) {
    super(rows);
    const { length } = rows.order;
    this.#numbers = numbers;
    this.#sums = new MedianTree(length);
    this.#leftErrors = new Float64Array(length);
    this.#rightErrors = new Float64Array(length);
    this.#ranks = new Int32Array(length);
    this.#sorted = new Float64Array(length);
    this.#places = new Int32Array(length);
  }

  begin(start: number, end: number): void {
    this.start = start;
    this.end = end;
    let sum = 0;
    for (let p = start; p < end; p++) sum += this.#weight(p);
    this.nodeWeight = sum;
    this.reset();
  }

  reset(): void {
    const { start, end } = this;
    this.pos = start;
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
    this.#rank();
    this.#sums.clear(end - start);
    for (let p = start; p < end; p++) this.#leftErrors[p] = this.#add(p);
    this.#sums.clear(end - start);
    for (let p = end - 1; p >= start; p--) this.#rightErrors[p] = this.#add(p);
    this.#median = this.#sums.median;
  }

  moveTo(pos: number): void {
    let { leftWeight } = this;
    for (let p = this.pos; p < pos; p++) leftWeight += this.#weight(p);
    this.leftWeight = leftWeight;
    this.rightWeight = this.nodeWeight - leftWeight;
    this.pos = pos;
  }

  nodeImpurity(): number {
    return this.#rightErrors[this.start]! / this.nodeWeight;
  }

  childrenImpurity(): void {
    const { start, end, pos } = this;
    this.leftImpurity = (pos > start ? this.#leftErrors[pos - 1]! : 0) / this.leftWeight;
    this.rightImpurity = (pos < end ? this.#rightErrors[pos]! : 0) / this.rightWeight;
  }

  writeValue(into: Float64Array, at: number): void {
    into[at] = this.#median;
  }

  #weight(p: number): number {
    return this.weights ? this.weights[this.order[p]!]! : 1;
  }

  /** The rank of each row's number in the node. */
  #rank(): void {
    const { start, end, order } = this;
    const count = end - start;
    for (let i = 0; i < count; i++) {
      this.#sorted[i] = this.#numbers[order[start + i]!]!;
      this.#places[i] = i;
    }
    sortTogether(this.#sorted, this.#places, 0, count);
    for (let i = 0; i < count; i++) this.#ranks[start + this.#places[i]!] = i;
  }

  /** Adds one row to the part and returns its error. */
  #add(p: number): number {
    this.#sums.add(this.#ranks[p]!, this.#weight(p), this.#sorted);
    return this.#sums.error;
  }
}
