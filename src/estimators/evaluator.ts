// The rows of the tables of `evaluators.ts`: what each class of estimator can do, under scikit-learn's names of the methods.
import type { Part } from './fitted.js';
import type { Frame } from './frame.js';
import type { Prediction, Scores } from './prediction.js';

export type Role = 'transformer' | 'classifier' | 'regressor' | 'clusterer' | 'outlier detector';

/** How an estimator that contains others has them evaluated. */
export interface Parts {
  transform(part: Part, frame: Frame): Frame;
  /** Takes as many columns as `transform` makes. */
  inverse_transform(part: Part, frame: Frame): Frame;
  predict(part: Part, frame: Frame): Prediction;
  predict_proba(part: Part, frame: Frame): Scores;
  predict_log_proba(part: Part, frame: Frame): Scores;
  predict_joint_log_proba(part: Part, frame: Frame): Scores;
  decision_function(part: Part, frame: Frame): Scores;
  score_samples(part: Part, frame: Frame): Scores;
  /** Whether this estimator has the method, as Python's `hasattr`. */
  has(part: Part, method: Method): boolean;
  roleOf(part: Part): Role;
}

export type Method =
  | 'transform'
  | 'inverse_transform'
  | 'predict'
  | 'predict_proba'
  | 'predict_log_proba'
  | 'predict_joint_log_proba'
  | 'decision_function'
  | 'score_samples';

type Evaluate<E, Answer> = (estimator: E, frame: Frame, parts: Parts) => Answer;

export interface Row<E extends Part> {
  /** A pipeline or a search has the role of a part. */
  readonly role: Role | ((estimator: E, parts: Parts) => Role);
  readonly transform?: Evaluate<E, Frame>;
  readonly inverse_transform?: Evaluate<E, Frame>;
  readonly predict?: Evaluate<E, Prediction>;
  readonly predict_proba?: Evaluate<E, Scores>;
  /** If left out: the logarithm of predict_proba, value by value, as most classes of scikit-learn do. */
  readonly predict_log_proba?: Evaluate<E, Scores>;
  readonly predict_joint_log_proba?: Evaluate<E, Scores>;
  readonly decision_function?: Evaluate<E, Scores>;
  /** What decision_function is made of. No command asks for it, because MLflow's `predict_fn` cannot name it. */
  readonly score_samples?: Evaluate<E, Scores>;
  /** Whether this one has a method of the row, where that depends on its parameters or parts. */
  readonly has?: (estimator: E, method: Method, parts: Parts) => boolean;
  /** It takes any number of columns (a hasher, a vectorizer, a constant). */
  readonly anyWidth?: boolean;
  /** What it answers for a row depends on the rows that come with it. */
  readonly rowsTogether?: true;
}

/** The rows of one family of classes. */
export type Rows<E extends Part> = { readonly [K in E['kind']]: Row<Extract<E, { readonly kind: K }>> };
