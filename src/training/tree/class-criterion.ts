// Turns class codes into the impurity of a classifier's splits: Gini's index, or entropy in bits.

import { correctLog } from './correct-log.js';
import { Criterion, type WeightedRows } from './criterion.js';

export interface ClassTarget {
  readonly classes: number;
  /** Each row's class, 0 to `classes` − 1. */
  readonly codes: Int32Array;
}

/** The weight of each class in the node and in its two parts. */
abstract class ClassCriterion extends Criterion {
  readonly width: number;
  protected readonly total: Float64Array;
  protected readonly left: Float64Array;
  protected readonly right: Float64Array;
  readonly #codes: Int32Array;

  constructor(rows: WeightedRows, { classes, codes }: ClassTarget) {
    super(rows);
    this.width = classes;
    this.#codes = codes;
    this.total = new Float64Array(classes);
    this.left = new Float64Array(classes);
    this.right = new Float64Array(classes);
  }

  begin(start: number, end: number): void {
    const { order, weights, total } = this;
    const codes = this.#codes;
    this.start = start;
    this.end = end;
    total.fill(0);
    let sum = 0;
    for (let p = start; p < end; p++) {
      const row = order[p]!;
      const weight = weights ? weights[row]! : 1;
      total[codes[row]!]! += weight;
      sum += weight;
    }
    this.nodeWeight = sum;
    this.reset();
  }

  reset(): void {
    this.pos = this.start;
    this.left.fill(0);
    this.right.set(this.total);
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
  }

  moveTo(pos: number): void {
    const { order, weights, total, left, right, end } = this;
    const codes = this.#codes;
    let leftWeight = this.leftWeight;
    if (pos - this.pos <= end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const row = order[p]!;
        const weight = weights ? weights[row]! : 1;
        left[codes[row]!]! += weight;
        leftWeight += weight;
      }
    } else {
      left.set(total);
      leftWeight = this.nodeWeight;
      for (let p = end - 1; p >= pos; p--) {
        const row = order[p]!;
        const weight = weights ? weights[row]! : 1;
        left[codes[row]!]! -= weight;
        leftWeight -= weight;
      }
    }
    this.leftWeight = leftWeight;
    this.rightWeight = this.nodeWeight - leftWeight;
    for (let k = 0; k < total.length; k++) right[k] = total[k]! - left[k]!;
    this.pos = pos;
  }

  nodeImpurity(): number {
    return this.impurityOf(this.total, this.nodeWeight);
  }

  childrenImpurity(): void {
    this.leftImpurity = this.impurityOf(this.left, this.leftWeight);
    this.rightImpurity = this.impurityOf(this.right, this.rightWeight);
  }

  writeValue(into: Float64Array, at: number): void {
    for (let k = 0; k < this.width; k++) into[at + k] = this.total[k]! / this.nodeWeight;
  }

  protected abstract impurityOf(weights: Float64Array, sum: number): number;
}

/** 1 − Σ fraction². */
export class Gini extends ClassCriterion {
  protected impurityOf(weights: Float64Array, sum: number): number {
    let squares = 0;
    for (let k = 0; k < weights.length; k++) squares += weights[k]! * weights[k]!;
    return 1 - squares / (sum * sum);
  }
}

/** −Σ fraction · log2 fraction. */
export class Entropy extends ClassCriterion {
  protected impurityOf(weights: Float64Array, sum: number): number {
    let entropy = 0;
    for (let k = 0; k < weights.length; k++) {
      const weight = weights[k]!;
      if (weight > 0) entropy -= (weight / sum) * (correctLog(weight / sum) / Math.LN2);
    }
    return entropy;
  }
}
