// An XGBoost model as its file holds it, checked.
import type { Forest } from '../forest/forest.js';
import type { CategoryTexts } from './category-texts.js';

export interface Trees {
  readonly forest: Forest;
  /** By tree: the output that it adds to; a tree with vector leaves adds to all. */
  readonly groups: Int32Array;
  /** Of each leaf, `leafWidth` float32 values. */
  readonly leafValues: Float64Array;
  readonly leafWidth: number;
  /** By round: the tree after its last; it begins with 0. */
  readonly rounds: Int32Array;
  /** Of a dart model, by tree. */
  readonly weights: Float64Array | null;
}

/** gblinear: by feature and output, the biases last. */
export interface Linear {
  readonly weights: Float64Array;
}

export interface XgboostModel {
  readonly version: string;
  readonly objective: string;
  readonly booster: 'gbtree' | 'dart' | 'gblinear';
  readonly trees: Trees | null;
  readonly linear: Linear | null;
  readonly outputs: number;
  /** `num_class`: 0 unless the objective is one of several classes. */
  readonly classes: number;
  /** Before the link: one value, or one for each output. */
  readonly baseScore: Float64Array;
  readonly featureCount: number;
  readonly featureNames: readonly string[] | null;
  /** By feature its categories; null for other features. */
  readonly categories: readonly (CategoryTexts | null)[];
  /** Early stopping: the scikit-learn wrappers predict up to this round. */
  readonly bestIteration: number | null;
  /** `classifier`, `regressor` or `ranker` if a scikit-learn wrapper saved the model. */
  readonly estimatorType: string | null;
}
