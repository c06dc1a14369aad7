// What most boosters are: sums of the leaves of many trees, and a link. A graph can be made of it.
import type { Forest } from './forest/forest.js';

export interface BoosterSums {
  /** By output: its trees, in the order in which their leaves are added. */
  readonly trees: readonly (readonly number[])[];
  readonly forest: Forest;
  /** By leaf of the forest. */
  readonly values: Float64Array;
  /** By output: what the first tree is added to. */
  readonly start: Float64Array;
  /** Features are cast to float32, and sums are rounded to it after each tree. */
  readonly single: boolean;
  /** What the sums are divided by; 1 but for a random forest of LightGBM. */
  readonly divisor: number;
  readonly link: { readonly kind: LinkKind; readonly slope: number };
  /** How a classifier chooses: the greatest output, each output above one half, or one output above one half; null for values. */
  readonly labels: 'greatest' | 'each' | 'half' | null;
}

/** `slope`: a logistic of `slope` times the sum. */
export type LinkKind = 'identity' | 'sigmoid' | 'softmax' | 'exp' | 'step';
