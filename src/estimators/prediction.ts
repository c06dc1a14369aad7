// The answer of a predictor, by its role, before it becomes a table.
import type { ClassLabels } from './fitted.js';

export interface ClassPrediction {
  readonly role: 'classifier';
  readonly classes: ClassLabels;
  /** Position of each row's label in `classes`. */
  readonly codes: Int32Array;
  /** Row-major, rows × classes; null if the estimator has none (no predict_proba). */
  readonly probabilities: Float64Array | null;
}

export interface ValuePrediction {
  readonly role: 'regressor';
  readonly values: Float64Array;
}

export interface ClusterPrediction {
  readonly role: 'clusterer';
  /** Number of each row's cluster, from 0. */
  readonly clusters: BigInt64Array;
}

export type Prediction = ClassPrediction | ValuePrediction | ClusterPrediction;
