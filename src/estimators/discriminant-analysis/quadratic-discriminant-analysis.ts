// Turns features into labels and probabilities by a covariance for each class
// (sklearn.discriminant_analysis.QuadraticDiscriminantAnalysis).
import { exp, log } from '../exponential.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { greatest } from '../greatest.js';
import { greatestClasses } from '../labels/greatest-classes.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { softmaxOf } from '../probabilities/softmax.js';

export interface QuadraticDiscriminantAnalysis extends Fitted<'QuadraticDiscriminantAnalysis'> {
  readonly classes_: AnyLabels;
  readonly priors_: Float64Array;
  /** Row-major, classes × features */
  readonly means_: Float64Array;
  /** A class's axes, row-major, features × axes */
  readonly rotations_: readonly Float64Array[];
  /** The variance along each axis */
  readonly scalings_: readonly Float64Array[];
  /** scikit-learn before 1.6 took the logarithm of a probability that may be rounded to zero. */
  readonly log_of_probability: boolean;
}

/** The logarithm of each class's probability, but for a term that is the same for all. */
function logPosteriors(model: QuadraticDiscriminantAnalysis, frame: Frame): Float64Array {
  const { priors_, means_, rotations_, scalings_ } = model;
  const matrix = matrixOf(frame, 'quadratic_discriminant_analysis');
  const classes = priors_.length;
  const features = means_.length / classes;
  const made = new Float64Array(frame.rows * classes);
  const from = new Float64Array(features);
  for (let k = 0; k < classes; k++) {
    const variances = scalings_[k]!;
    const axes = variances.length;
    const units = unitsOf(rotations_[k]!, variances);
    const constant = variances.reduce((sum, variance) => sum + log(variance), 0);
    const prior = log(priors_[k]!);
    for (let i = 0; i < frame.rows; i++) {
      for (let j = 0; j < features; j++) from[j] = matrix[i * features + j]! - means_[k * features + j]!;
      let norm = 0;
      for (let axis = 0; axis < axes; axis++) {
        let sum = 0;
        for (let j = 0; j < features; j++) sum += from[j]! * units[axis * features + j]!;
        norm += sum * sum;
      }
      made[i * classes + k] = -0.5 * (norm + constant) + prior;
    }
  }
  return made;
}

/** The axes divided by their deviations, row-major, axes × features. */
function unitsOf(rotation: Float64Array, variances: Float64Array): Float64Array {
  const axes = variances.length;
  const features = rotation.length / axes;
  const made = new Float64Array(rotation.length);
  for (let at = 0; at < rotation.length; at++) {
    const axis = at % axes;
    made[axis * features + (at - axis) / axes] = rotation[at]! * variances[axis]! ** -0.5;
  }
  return made;
}

export function predictQda(model: QuadraticDiscriminantAnalysis, frame: Frame): ClassPrediction {
  return greatestClasses(model.classes_, logPosteriors(model, frame));
}

/** Of two classes, how much more likely the second is. */
export function decideQda(model: QuadraticDiscriminantAnalysis, frame: Frame): Scores {
  const values = logPosteriors(model, frame);
  const width = model.priors_.length;
  if (width !== 2) return { values, width };
  return {
    values: Float64Array.from({ length: frame.rows }, (_, i) => values[2 * i + 1]! - values[2 * i]!),
    width: null,
  };
}

export function qdaProbabilities(model: QuadraticDiscriminantAnalysis, frame: Frame): Scores {
  const width = model.priors_.length;
  if (model.log_of_probability) return softmaxOf(logPosteriors(model, frame), width);
  return { values: qdaLogProbabilities(model, frame).values.map(exp), width };
}

export function qdaLogProbabilities(model: QuadraticDiscriminantAnalysis, frame: Frame): Scores {
  const width = model.priors_.length;
  if (model.log_of_probability) return { values: qdaProbabilities(model, frame).values.map(log), width };
  const values = logPosteriors(model, frame);
  for (let at = 0; at < values.length; at += width) {
    const max = values[at + greatest(values, at, width)]!;
    let sum = 0;
    for (let k = at; k < at + width; k++) {
      values[k] = values[k]! - max;
      sum += exp(values[k]!);
    }
    const all = log(sum);
    for (let k = at; k < at + width; k++) values[k] = values[k]! - all;
  }
  return { values, width };
}
