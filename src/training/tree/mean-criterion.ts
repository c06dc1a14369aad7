// Turns numbers into the impurity of a regressor's splits if a node predicts their mean: squared error, or half Poisson deviance.

import { correctLog } from './correct-log.js';
import { Criterion, type WeightedRows } from './criterion.js';

/** The sums of the numbers in the node and in its two parts. */
abstract class MeanCriterion extends Criterion {
  readonly width = 1;
  protected total = 0;
  protected left = 0;
  protected right = 0;
  protected readonly numbers: Float64Array;

  constructor(rows: WeightedRows, numbers: Float64Array) {
    super(rows);
    this.numbers = numbers;
  }

  begin(start: number, end: number): void {
    const { order, weights, numbers } = this;
    this.start = start;
    this.end = end;
    let total = 0;
    let sum = 0;
    for (let p = start; p < end; p++) {
      const row = order[p]!;
      const weight = weights ? weights[row]! : 1;
      total += weight * numbers[row]!;
      sum += weight;
    }
    this.total = total;
    this.nodeWeight = sum;
    this.reset();
  }

  reset(): void {
    this.pos = this.start;
    this.left = 0;
    this.right = this.total;
    this.leftWeight = 0;
    this.rightWeight = this.nodeWeight;
  }

  moveTo(pos: number): void {
    const { order, weights, numbers, end } = this;
    let { left, leftWeight } = this;
    if (pos - this.pos <= end - pos) {
      for (let p = this.pos; p < pos; p++) {
        const row = order[p]!;
        const weight = weights ? weights[row]! : 1;
        left += weight * numbers[row]!;
        leftWeight += weight;
      }
    } else {
      left = this.total;
      leftWeight = this.nodeWeight;
      for (let p = end - 1; p >= pos; p--) {
        const row = order[p]!;
        const weight = weights ? weights[row]! : 1;
        left -= weight * numbers[row]!;
        leftWeight -= weight;
      }
    }
    this.left = left;
    this.right = this.total - left;
    this.leftWeight = leftWeight;
    this.rightWeight = this.nodeWeight - leftWeight;
    this.pos = pos;
  }

  writeValue(into: Float64Array, at: number): void {
    into[at] = this.total / this.nodeWeight;
  }
}

export class SquaredError extends MeanCriterion {
  #squares = 0;

  override begin(start: number, end: number): void {
    const { order, weights, numbers } = this;
    let squares = 0;
    for (let p = start; p < end; p++) {
      const row = order[p]!;
      const number = numbers[row]!;
      squares += (weights ? weights[row]! : 1) * number * number;
    }
    this.#squares = squares;
    super.begin(start, end);
  }

  nodeImpurity(): number {
    const mean = this.total / this.nodeWeight;
    return this.#squares / this.nodeWeight - mean * mean;
  }

  override proxyImprovement(): number {
    return (this.left * this.left) / this.leftWeight + (this.right * this.right) / this.rightWeight;
  }

  childrenImpurity(): void {
    const { order, weights, numbers } = this;
    let squares = 0;
    for (let p = this.start; p < this.pos; p++) {
      const row = order[p]!;
      const number = numbers[row]!;
      squares += (weights ? weights[row]! : 1) * number * number;
    }
    const leftMean = this.left / this.leftWeight;
    const rightMean = this.right / this.rightWeight;
    this.leftImpurity = squares / this.leftWeight - leftMean * leftMean;
    this.rightImpurity = (this.#squares - squares) / this.rightWeight - rightMean * rightMean;
  }
}

/** Sums up to this count as 0, because they result from a subtraction. */
const EPSILON = 10 * Number.EPSILON;

export class PoissonDeviance extends MeanCriterion {
  nodeImpurity(): number {
    return this.#deviance(this.start, this.end, this.total, this.nodeWeight);
  }

  override proxyImprovement(): number {
    const { left, right } = this;
    // a node without a positive sum could not predict a positive mean
    if (left <= EPSILON || right <= EPSILON) return Number.NEGATIVE_INFINITY;
    return left * log2(left / this.leftWeight) + right * log2(right / this.rightWeight);
  }

  childrenImpurity(): void {
    this.leftImpurity = this.#deviance(this.start, this.pos, this.left, this.leftWeight);
    this.rightImpurity = this.#deviance(this.pos, this.end, this.right, this.rightWeight);
  }

  #deviance(start: number, end: number, sum: number, weightSum: number): number {
    if (sum <= EPSILON) return Number.POSITIVE_INFINITY;
    const { order, weights, numbers } = this;
    const mean = sum / weightSum;
    let loss = 0;
    for (let p = start; p < end; p++) {
      const row = order[p]!;
      const number = numbers[row]!;
      if (number !== 0) loss += (weights ? weights[row]! : 1) * (number * correctLog(number / mean));
    }
    return loss / weightSum;
  }
}

function log2(x: number): number {
  return correctLog(x) / Math.LN2;
}
