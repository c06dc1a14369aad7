// Turns nodes, one after the other, into the arrays of a tree.
import { LEAF, type Tree, UNDEFINED } from '../../estimators/tree/tree.js';

interface NewNode {
  /** −1 for the root. */
  readonly parent: number;
  readonly isLeft: boolean;
  readonly samples: number;
  readonly weight: number;
  readonly impurity: number;
  /** Null for a leaf. */
  readonly split: { readonly feature: number; readonly threshold: number; readonly missingGoToLeft: boolean } | null;
}

export class TreeWriter {
  /** The values of node n begin at n · width. */
  value: Float64Array<ArrayBuffer>;
  #count = 0;
  #whole = new Int32Array(0);
  #doubles = new Float64Array(0);
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.value = new Float64Array(0);
    this.#grow(64);
  }

  get count(): number {
    return this.#count;
  }

  add({ parent, isLeft, samples, weight, impurity, split }: NewNode): number {
    const node = this.#count++;
    if (node * 5 === this.#whole.length) this.#grow(node * 2);
    this.#whole.set([LEAF, LEAF, split?.feature ?? UNDEFINED, samples, split?.missingGoToLeft ? 1 : 0], node * 5);
    this.#doubles.set([split?.threshold ?? UNDEFINED, impurity, weight], node * 3);
    if (parent >= 0) this.#whole[parent * 5 + (isLeft ? 0 : 1)] = node;
    return node;
  }

  /** A node that was to be split stays a leaf; as in scikit-learn, the direction of its missing values stays recorded. */
  makeLeaf(node: number): void {
    this.#whole[node * 5 + 2] = UNDEFINED;
    this.#doubles[node * 3] = UNDEFINED;
  }

  finish(maxDepth: number): Tree {
    const count = this.#count;
    const whole = (field: number): Int32Array =>
      Int32Array.from({ length: count }, (_, i) => this.#whole[i * 5 + field]!);
    const doubles = (field: number): Float64Array =>
      Float64Array.from({ length: count }, (_, i) => this.#doubles[i * 3 + field]!);
    return {
      node_count: count,
      max_depth: maxDepth,
      children_left: whole(0),
      children_right: whole(1),
      feature: whole(2),
      threshold: doubles(0),
      impurity: doubles(1),
      n_node_samples: whole(3),
      weighted_n_node_samples: doubles(2),
      missing_go_to_left: Uint8Array.from(whole(4)),
      value_width: this.#width,
      value: this.value.slice(0, count * this.#width),
    };
  }

  #grow(capacity: number): void {
    const [whole, doubles, value] = [this.#whole, this.#doubles, this.value];
    this.#whole = new Int32Array(capacity * 5);
    this.#doubles = new Float64Array(capacity * 3);
    this.value = new Float64Array(capacity * this.#width);
    this.#whole.set(whole);
    this.#doubles.set(doubles);
    this.value.set(value);
  }
}
