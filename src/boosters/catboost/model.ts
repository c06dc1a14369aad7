// A CatBoost model as its `.cbm` holds it, checked. Every feature, category and statistic becomes a column of numbers, and every
// split asks whether a column is above a border.
import type { Forest } from '../forest/forest.js';

export interface FloatFeature {
  /** The column of the data. */
  readonly flat: number;
  /** What a missing value counts as: ∓Infinity, or NaN, which is above no border. */
  readonly missing: number;
  readonly borders: Float32Array;
}

/** A column of 0 and 1: whether a category has this hash. */
export interface OneHotColumn {
  readonly category: number;
  readonly hash: number;
}

/** How a combination of features becomes a 64-bit hash. */
export interface Projection {
  readonly categories: readonly number[];
  /** Columns of floats with the border that they are compared with. */
  readonly floats: readonly { readonly column: number; readonly border: number }[];
  readonly oneHots: readonly OneHotColumn[];
}

export type CtrType =
  | 'Borders'
  | 'Buckets'
  | 'BinarizedTargetMeanValue'
  | 'FloatTargetMeanValue'
  | 'Counter'
  | 'FeatureFreq';

/** Statistics of the training data by hash: open addressing over buckets of a 64-bit hash and an index. */
export interface CtrTable {
  readonly hashes: Uint32Array;
  readonly indexes: Uint32Array;
  /** Counts, or for a mean the pairs of a sum and a count. */
  readonly counts: Int32Array;
  readonly sums: Float32Array;
  readonly denominator: number;
  readonly targetClasses: number;
}

/** A column of statistics ("CTR"). */
export interface CtrColumn {
  readonly projection: number;
  readonly type: CtrType;
  readonly table: CtrTable;
  readonly targetBorder: number;
  readonly priorNumerator: number;
  readonly priorDenominator: number;
  readonly shift: number;
  readonly scale: number;
}

/** Each tree asks the same split at all nodes of a level. */
export interface ObliviousTrees {
  readonly starts: Int32Array;
  readonly depths: Int32Array;
  readonly columns: Int32Array;
  /** How many borders of the column a value must be above. */
  readonly ranks: Int32Array;
  readonly firstLeaf: Int32Array;
}

export interface CatboostModel {
  readonly dimensions: number;
  /** Columns in this order: floats, one-hot, CTR. */
  readonly floats: readonly FloatFeature[];
  readonly oneHots: readonly OneHotColumn[];
  readonly projections: readonly Projection[];
  readonly ctrs: readonly CtrColumn[];
  /** By column, the borders that splits ask, rising. */
  readonly borders: readonly Float64Array[];
  /** The columns of the data that hold categories, in the order of their numbers above. */
  readonly categoryFlats: readonly number[];
  readonly oblivious: ObliviousTrees | null;
  readonly forest: Forest | null;
  /** `dimensions` values for each leaf. */
  readonly leafValues: Float64Array;
  readonly trees: number;
  readonly scale: number;
  readonly bias: Float64Array;
  /** By column of the data; null where the file has none. */
  readonly featureNames: readonly (string | null)[];
  /** Columns that the model reads. */
  readonly featureCount: number;
  readonly info: ReadonlyMap<string, string>;
}
