// Many binary trees in flat arrays, children checked to be inside: what the trees of all three libraries become.

/** How a node decides. */
export const NUMBER = 0;
/** As NUMBER, but zero counts as missing (LightGBM's `zero_as_missing`). */
export const ZERO_IS_MISSING = 1;
/** By membership of a set of whole numbers. */
export const CATEGORY = 2;

/** One tree as its file describes it. A child is a node, or `~leaf`. */
export interface RawTree {
  /** Node 0, or `~leaf` if the tree has no nodes. */
  readonly root: number;
  /** Where values go that are at most the threshold, or in the set. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly feature: Int32Array;
  readonly threshold: Float64Array;
  readonly kind: Uint8Array;
  /** 0 or 1: the child that a missing value goes to. */
  readonly missing: Uint8Array;
  /** For each node the start and the end of its set in `bits`; absent if no node is a CATEGORY. */
  readonly sets?: Int32Array;
  readonly bits?: Uint32Array;
  /** How many leaves there are to lead to. */
  readonly leaves: number;
}

export interface Forest {
  /** By tree: its first node, or `~leaf`. Leaves are numbered over the whole forest. */
  readonly roots: Int32Array;
  /** By tree: 1 if all its nodes are NUMBER. */
  readonly plain: Uint8Array;
  readonly feature: Int32Array;
  /** NaN for a node that is not a NUMBER, so that no comparison with it holds. */
  readonly threshold: Float64Array;
  /** Two for each node. */
  readonly children: Int32Array;
  readonly missing: Uint8Array;
  readonly kind: Uint8Array;
  /** The threshold of a ZERO_IS_MISSING node. */
  readonly limit: Float64Array;
  readonly sets: Int32Array;
  readonly bits: Uint32Array;
  /** Values above this one are categories. */
  readonly aboveCategory: number;
  readonly depth: number;
}
