// Turns features into a quantity, or inliers and outliers, by one function over support vectors (sklearn.svm.SVR, NuSVR and
// OneClassSVM).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { inliers } from '../labels/inliers.js';
import type { ClassPrediction, Scores, ValuePrediction } from '../prediction.js';
import { type Kernel, type SupportVectors, similaritiesOf } from './support-vectors.js';

export interface SupportVectorFunction<Kind extends string> extends Fitted<Kind>, Kernel {
  readonly support_vectors_: SupportVectors;
  /** One for each support vector. */
  readonly dual_coef_: Float64Array;
  readonly intercept_: number;
}

export interface OneClassSvm extends SupportVectorFunction<'OneClassSVM'> {
  readonly offset_: number;
}

function valuesOf(model: SupportVectorFunction<string>, frame: Frame): Float64Array {
  const { support_vectors_, dual_coef_, intercept_ } = model;
  const similarities = similaritiesOf(model, model, support_vectors_, frame);
  const each = new Float64Array(support_vectors_.count);
  const values = new Float64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    similarities(i, each);
    let sum = 0;
    for (let s = 0; s < each.length; s++) sum += dual_coef_[s]! * each[s]!;
    values[i] = sum + intercept_;
  }
  return values;
}

export function predictSvr(model: SupportVectorFunction<string>, frame: Frame): ValuePrediction {
  return { role: 'regressor', values: valuesOf(model, frame), width: null };
}

export const decideOneClassSvm = (model: OneClassSvm, frame: Frame): Scores => ({
  values: valuesOf(model, frame),
  width: null,
});

export const scoreOneClassSvm = (model: OneClassSvm, frame: Frame): Scores => ({
  values: valuesOf(model, frame).map((x) => x + model.offset_),
  width: null,
});

/** Zero is an outlier. */
export function predictOneClassSvm(model: OneClassSvm, frame: Frame): ClassPrediction {
  return inliers(decideOneClassSvm(model, frame), (value) => value > 0);
}
