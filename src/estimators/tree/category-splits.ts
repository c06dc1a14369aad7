// The splits of a tree by category, and which way they send a value (sklearn.ensemble._hist_gradient_boosting).

/** Sets of the numbers 0 to 255 are eight words each, as scikit-learn keeps them. */
export interface CategorySplits {
  /** By place of the layout: which set of `left` the node has, or −1 if it compares with its threshold. */
  readonly set: Int32Array;
  /** The categories that go left. */
  readonly left: Uint32Array;
  /** By feature: which set of `known` it has. */
  readonly knownSet: Int32Array;
  /** The categories that the feature had in the training data. */
  readonly known: Uint32Array;
}

const holds = (sets: Uint32Array, set: number, category: number): boolean =>
  ((sets[set * 8 + (category >> 5)]! >>> (category & 31)) & 1) === 1;

/** A category that is missing, negative or not known goes where missing values go. */
export function goesRight(
  splits: CategorySplits,
  set: number,
  feature: number,
  value: number,
  missingRight: boolean,
): boolean {
  if (!(value >= 0)) return missingRight;
  // a cast of C to a byte, of the processors that Python runs on
  const category = value < 2 ** 31 ? value & 255 : 0;
  if (holds(splits.left, set, category)) return false;
  return holds(splits.known, splits.knownSet[feature]!, category) || missingRight;
}
