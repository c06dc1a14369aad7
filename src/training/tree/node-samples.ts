// The training rows in the order in which nodes hold them: a node is a range of `order`, and a split sorts or divides that range
// exactly as scikit-learn's dense partitioner does (sums are computed in this order, so it decides their last bits).
import { sortTogether } from './introsort.js';
import { RadixSort } from './radix-sort.js';

/** From this many rows on, radix sort is faster. */
const MANY = 400;

export class NodeSamples {
  /** Row numbers; rows of weight 0 are not among them. */
  readonly order: Int32Array;
  /** The values of the feature read last, in the same order. */
  readonly values: Float32Array;
  /** How many of them are missing. */
  missing = 0;
  start = 0;
  end = 0;
  readonly #columns: readonly Float32Array[];
  readonly #hasMissing: readonly boolean[];
  readonly #anySort: readonly boolean[];
  readonly #radix: RadixSort;
  #spareOrder = new Int32Array(0);
  #spareValues = new Float32Array(0);

  /** `tiesMatter`: the order of rows with equal values matters, so it must be that of scikit-learn's sort. */
  constructor(columns: readonly Float32Array[], rows: Int32Array, tiesMatter: boolean) {
    this.order = rows;
    this.#anySort = columns.map((column) => !tiesMatter || allDiffer(column));
    this.#radix = new RadixSort(rows.length > MANY ? rows.length : 0);
    this.values = new Float32Array(rows.length);
    this.#columns = columns;
    this.#hasMissing = columns.map((column) => column.some(Number.isNaN));
  }

  begin(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.missing = 0;
  }

  /** Sorts the node's rows by a feature; rows without a value come last, unsorted. */
  sortBy(feature: number): void {
    const { order, values, start, end } = this;
    const column = this.#columns[feature]!;
    this.missing = 0;
    if (this.#hasMissing[feature]) this.#missingLast(column);
    else for (let i = start; i < end; i++) values[i] = column[order[i]!]!;
    const count = end - start - this.missing;
    if (count > MANY && this.#anySort[feature]) this.#radix.sort(values, order, start, count);
    else sortTogether(values, order, start, count);
  }

  #missingLast(column: Float32Array): void {
    const { order, values } = this;
    let last = this.end - 1;
    for (let i = this.start; i <= last; ) {
      if (Number.isNaN(column[order[last]!]!)) {
        last--;
        continue;
      }
      if (Number.isNaN(column[order[i]!]!)) this.#swapRows(i, last--);
      values[i] = column[order[i]!]!;
      i++;
    }
    this.missing = this.end - 1 - last;
  }

  /** After `sortBy`: the rows without a value first, then the others in their order. */
  missingFirst(): void {
    const { order, values, start, end, missing } = this;
    if (this.#spareOrder.length < missing) {
      this.#spareOrder = new Int32Array(order.length);
      this.#spareValues = new Float32Array(order.length);
    }
    this.#spareOrder.set(order.subarray(end - missing, end));
    this.#spareValues.set(values.subarray(end - missing, end));
    order.copyWithin(start + missing, start, end - missing);
    values.copyWithin(start + missing, start, end - missing);
    order.set(this.#spareOrder.subarray(0, missing), start);
    values.set(this.#spareValues.subarray(0, missing), start);
  }

  /** Reads a feature's values without sorting; returns the least and the greatest, ±∞ if all are missing. */
  range(feature: number): { least: number; greatest: number } {
    const { order, values, start, end } = this;
    const column = this.#columns[feature]!;
    let least = Number.POSITIVE_INFINITY;
    let greatest = Number.NEGATIVE_INFINITY;
    let present = 0;
    for (let i = start; i < end; i++) {
      const value = column[order[i]!]!;
      values[i] = value;
      if (value < least) least = value;
      if (value > greatest) greatest = value;
      if (!Number.isNaN(value)) present++;
    }
    this.missing = end - start - present;
    return { least, greatest };
  }

  /** After `range`: divides the node at a threshold and returns where its right part begins. */
  partAt(threshold: number, missingGoToLeft: boolean): number {
    const { values } = this;
    let from = this.start;
    let to = this.end;
    while (from < to) {
      const value = values[from]!;
      if (value <= threshold || (missingGoToLeft && Number.isNaN(value))) from++;
      else {
        to--;
        this.#swapRows(from, to);
        values[from] = values[to]!;
        values[to] = value;
      }
    }
    return to;
  }

  /** Divides the node by any feature; `values` are not changed. */
  partBy(feature: number, threshold: number, missingGoToLeft: boolean): void {
    const column = this.#columns[feature]!;
    const { order } = this;
    let from = this.start;
    let to = this.end;
    while (from < to) {
      const value = column[order[from]!]!;
      if (value <= threshold || (missingGoToLeft && Number.isNaN(value))) from++;
      else {
        to--;
        this.#swapRows(from, to);
      }
    }
  }

  #swapRows(i: number, j: number): void {
    const kept = this.order[i]!;
    this.order[i] = this.order[j]!;
    this.order[j] = kept;
  }
}

function allDiffer(column: Float32Array): boolean {
  const sorted = column.slice().sort();
  return sorted.every((value, i) => i === 0 || value !== sorted[i - 1]);
}
