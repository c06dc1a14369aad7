// The answer of a predictor, by its role, before it becomes a table.
import type { AnyLabels } from './fitted.js';

/** A label a row. An outlier detector's classes are −1 (outlier) and 1. */
export interface ClassPrediction {
  readonly role: 'classifier';
  readonly classes: AnyLabels;
  /** Position of each row's label in `classes`. */
  readonly codes: Int32Array;
}

export interface ValuePrediction {
  readonly role: 'regressor';
  /** Row-major, rows × targets. */
  readonly values: Float64Array | Float32Array;
  /** The number of targets; null if the target was one plain column, and so the answer of numpy has one dimension. */
  readonly width: number | null;
}

export interface ClusterPrediction {
  readonly role: 'clusterer';
  /** Number of each row's cluster, from 0. */
  readonly clusters: BigInt64Array;
}

/** A classifier of several targets: a label a row and target. */
export interface OutputsPrediction {
  readonly role: 'outputs';
  readonly outputs: readonly ClassPrediction[];
}

export type Prediction = ClassPrediction | ValuePrediction | ClusterPrediction | OutputsPrediction;

/** Numbers for each row, such as probabilities or decision values. */
export interface Scores {
  /** Row-major, rows × width. */
  readonly values: Float64Array;
  /** Null if numpy's answer has one dimension, such as the decision values of two classes. */
  readonly width: number | null;
}
