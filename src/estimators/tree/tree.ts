// One fitted decision tree as a plain value: node by node, in parallel arrays, with the names of scikit-learn's `tree_`.

/**
 * A row starts at node 0 and goes to `children_left` if its float32 value of `feature` is ≤ `threshold`, else to
 * `children_right`; if the value is missing, `missing_go_to_left` decides. A leaf has −1 as children, −2 as feature and
 * threshold.
 */
export interface Tree {
  readonly node_count: number;
  readonly max_depth: number;
  readonly children_left: Int32Array;
  readonly children_right: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly impurity: Float64Array;
  readonly n_node_samples: Int32Array;
  readonly weighted_n_node_samples: Float64Array;
  readonly missing_go_to_left: Uint8Array;
  /** How many numbers a node holds: one a class for a classifier (the fractions), 1 for a regressor. */
  readonly value_width: number;
  /** Row-major, nodes × `value_width`. */
  readonly value: Float64Array;
}

/** What a leaf has instead of a child, and instead of a feature and a threshold. */
export const LEAF = -1;
export const UNDEFINED = -2;
