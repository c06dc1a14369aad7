// The measure of a split: the impurity of a node's rows and of its two parts.

/** The rows, in the order of the nodes, and their weights; null if each weighs 1. */
export interface WeightedRows {
  readonly order: Int32Array;
  readonly weights: Float64Array | null;
  /** The weights of all rows, added one by one. */
  readonly totalWeight: number;
}

/**
 * A node is the range `start` to `end` of the rows' order; `pos` divides it. Every sum is computed in scikit-learn's order and by
 * its formulas (sklearn.tree._criterion), so that impurities have the same last bits.
 */
export abstract class Criterion {
  nodeWeight = 0;
  leftWeight = 0;
  rightWeight = 0;
  /** Set by `childrenImpurity`. */
  leftImpurity = 0;
  rightImpurity = 0;
  protected start = 0;
  protected end = 0;
  protected pos = 0;
  protected readonly order: Int32Array;
  protected readonly weights: Float64Array | null;
  readonly #totalWeight: number;

  constructor({ order, weights, totalWeight }: WeightedRows) {
    this.order = order;
    this.weights = weights;
    this.#totalWeight = totalWeight;
  }

  /** A node begins: its sums are computed, and all rows are on the right. */
  abstract begin(start: number, end: number): void;
  /** All rows move to the right, after their order in the node has changed. */
  abstract reset(): void;
  /** Rows up to `pos` move to the left; `pos` only grows between two resets. */
  abstract moveTo(pos: number): void;
  abstract nodeImpurity(): number;
  abstract childrenImpurity(): void;
  /** How many numbers a node holds. */
  abstract readonly width: number;
  abstract writeValue(into: Float64Array, at: number): void;

  /** Greatest for the best split; terms that are the same for all splits of a node are left out. */
  proxyImprovement(): number {
    this.childrenImpurity();
    return -this.rightWeight * this.rightImpurity - this.leftWeight * this.leftImpurity;
  }

  /** Uses the impurities that `childrenImpurity` has set. */
  improvement(impurity: number): number {
    return (
      (this.nodeWeight / this.#totalWeight) *
      (impurity -
        (this.rightWeight / this.nodeWeight) * this.rightImpurity -
        (this.leftWeight / this.nodeWeight) * this.leftImpurity)
    );
  }
}
