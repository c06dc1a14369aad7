// An opened booster: what its file and its package say about it, and one call to run it.
import type { Table } from '../data/table.js';
import type { BoosterSums } from './booster-sums.js';

/** numpy's dtype of an answer, and the array that holds its values row after row. */
export type Answer =
  | { readonly dtype: 'float64'; readonly values: Float64Array }
  | { readonly dtype: 'float32'; readonly values: Float32Array }
  | { readonly dtype: 'int64'; readonly values: BigInt64Array }
  | { readonly dtype: 'int32'; readonly values: Int32Array }
  | { readonly dtype: 'bool'; readonly values: Uint8Array }
  | { readonly dtype: 'object'; readonly values: readonly string[] };

/** What Python's `predict` returns: `[rows]` or `[rows, outputs]`. */
export type Prediction = Answer & { readonly shape: readonly number[] };

/** The keys of the library's flavor in MLmodel (`model_class`, `model_type`, …), as they stand there. */
export type FlavorFacts = Readonly<Record<string, unknown>>;

export interface OpenBooster {
  readonly library: 'xgboost' | 'lightgbm' | 'catboost';
  readonly featureCount: number;
  /** Null if the file names none. */
  readonly featureNames: readonly string[] | null;
  /** What the file says about itself, for --json. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Throws MODEL_FAILED if the model does not take these columns. */
  predict(table: Table): Prediction;
  /** Its trees, if there is no more to it: no categories, no linear leaves. Null if there is. */
  readonly sums: BoosterSums | null;
  /** Only classifiers with probabilities have it. */
  readonly predictProbability?: (table: Table) => Prediction;
}
