// Turns features into labels, probabilities or coordinates that tell the classes apart, by one covariance for all classes
// (sklearn.discriminant_analysis.LinearDiscriminantAnalysis).
import type { Method } from '../evaluator.js';
import { log } from '../exponential.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { isSingle } from '../frames/is-single.js';
import { decideLinearClassifier, type LinearClassifier } from '../linear-model/linear-classifier.js';
import type { Scores } from '../prediction.js';
import { classProbabilities } from '../probabilities/class-probabilities.js';

export interface LinearDiscriminantAnalysis extends LinearClassifier<'LinearDiscriminantAnalysis'> {
  /** Null for the solver 'lsqr', which does not transform. */
  readonly projection: Projection | null;
}

interface Projection {
  /** [features]; what is subtracted before, which only the solver 'svd' does. */
  readonly xbar_: Float64Array | null;
  /** Row-major, features × `width` */
  readonly scalings_: Float64Array;
  readonly width: number;
  /** The first columns that are answered. */
  readonly components: number;
}

export function ldaProbabilities(model: LinearDiscriminantAnalysis, frame: Frame): Scores {
  return classProbabilities(decideLinearClassifier(model, frame));
}

/** Zero counts as the smallest normal number. */
export function ldaLogProbabilities(model: LinearDiscriminantAnalysis, frame: Frame): Scores {
  const { values, width } = ldaProbabilities(model, frame);
  return { values: values.map((x) => log(x === 0 ? 2.2250738585072014e-308 : x)), width };
}

export function transformLda({ projection, dtype }: LinearDiscriminantAnalysis, frame: Frame): Frame {
  const { xbar_, scalings_, width, components } = projection!;
  const matrix = matrixOf(frame, 'linear_discriminant_analysis');
  const features = scalings_.length / width;
  const length = frame.rows * components;
  const made = dtype === 'float32' && isSingle(frame) ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < frame.rows; i++) {
    for (let k = 0; k < components; k++) {
      let sum = 0;
      for (let j = 0; j < features; j++)
        sum += (matrix[i * features + j]! - (xbar_ === null ? 0 : xbar_[j]!)) * scalings_[j * width + k]!;
      made[i * components + k] = sum;
    }
  }
  return frameOfMatrix(frame.rows, components, made);
}

export const hasLdaMethod = ({ projection }: LinearDiscriminantAnalysis, method: Method): boolean =>
  method !== 'transform' || projection !== null;
