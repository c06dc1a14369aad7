// The rows of the table `table.ts`: what each class of Python's estimators does, written as nodes of a graph. Values keep their
// tensors [width, N] until the outputs are made.
import type { AnyLabels, Part } from '../../estimators/fitted.js';
import type { Feature } from '../convert/features.js';
import type { GraphBuilder } from '../convert/graph-builder.js';

/** Numbers for each row; a width of null is one number a row, where numpy's answer has one dimension. */
export interface GraphScores {
  /** float64 [width, N], or [1, N] */
  readonly tensor: string;
  readonly width: number | null;
}

export interface GraphLabels {
  readonly role: 'classifier';
  readonly classes: AnyLabels;
  /** int64 [N]: the position of each row's label in `classes`. */
  readonly codes: string;
}

export type GraphPrediction =
  | GraphLabels
  | ({ readonly role: 'regressor' } & GraphScores)
  /** int64 [N] */
  | { readonly role: 'clusterer'; readonly clusters: string }
  | { readonly role: 'outputs'; readonly outputs: readonly GraphLabels[] };

/** How an estimator that contains others has them written. */
export interface GraphParts {
  transform(part: Part, features: readonly Feature[]): Feature[];
  predict(part: Part, features: readonly Feature[]): GraphPrediction;
  predict_proba(part: Part, features: readonly Feature[]): GraphScores;
  predict_log_proba(part: Part, features: readonly Feature[]): GraphScores;
  predict_joint_log_proba(part: Part, features: readonly Feature[]): GraphScores;
  decision_function(part: Part, features: readonly Feature[]): GraphScores;
}

export type WrittenMethod = keyof GraphParts;

type Write<E, Answer> = (graph: GraphBuilder, part: E, features: readonly Feature[], parts: GraphParts) => Answer;

/** The methods that can be written of one class; the names are scikit-learn's. */
export interface AnswerRow<E extends Part> {
  readonly transform?: Write<E, Feature[]>;
  readonly predict?: Write<E, GraphPrediction>;
  readonly predict_proba?: Write<E, GraphScores>;
  /** If left out: the logarithm of predict_proba. */
  readonly predict_log_proba?: Write<E, GraphScores>;
  readonly predict_joint_log_proba?: Write<E, GraphScores>;
  readonly decision_function?: Write<E, GraphScores>;
}
