// Turns features into labels and probabilities by Gaussian processes (sklearn.gaussian_process.GaussianProcessClassifier).
import { MlctlError } from '../../errors/error.js';
import type { Parts } from '../evaluator.js';
import type { AnyLabels, Fitted, Part } from '../fitted.js';
import type { Frame } from '../frame.js';
import { erf } from '../functions/normal-distribution.js';
import { solveLower } from '../linear-algebra/cholesky.js';
import { type Points, pointsOf } from '../pairwise/points.js';
import type { ClassPrediction, Prediction, Scores } from '../prediction.js';
import { stepName } from '../step-name.js';
import { covarianceOf, type KernelTree, varianceOf } from './kernel-tree.js';

/** Two classes by Laplace's approximation. */
export interface BinaryGaussianProcess extends Fitted<'_BinaryGaussianProcessClassifierLaplace'> {
  readonly classes_: AnyLabels;
  readonly kernel_: KernelTree;
  readonly X_train_: Points;
  /** The class of each training point less its probability. */
  readonly residuals: Float64Array;
  readonly W_sr_: Float64Array;
  /** The lower triangle, training points × training points. */
  readonly L_: Float64Array;
}

export interface GaussianProcessClassifier extends Fitted<'GaussianProcessClassifier'> {
  /** A binary one, or a OneVsRestClassifier or OneVsOneClassifier of such. */
  readonly base_estimator_: Part;
  readonly pairs: boolean;
}

/** The covariance of a row with each training point, and the mean of the latent function. */
function latentMeans(model: BinaryGaussianProcess, x: Float64Array, each?: (row: number, star: Float64Array) => void) {
  const { kernel_, X_train_, residuals } = model;
  const { width, rows, values } = X_train_;
  const covariance = covarianceOf(kernel_, width);
  const star = new Float64Array(rows);
  const means = new Float64Array(width === 0 ? 0 : x.length / width);
  for (let i = 0; i < means.length; i++) {
    for (let point = 0; point < rows; point++) {
      star[point] = covariance(values, point * width, x, i * width);
      means[i]! += star[point]! * residuals[point]!;
    }
    each?.(i, star);
  }
  return means;
}

export function predictBinaryGaussianProcess(model: BinaryGaussianProcess, frame: Frame): ClassPrediction {
  const means = latentMeans(model, pointsOf(frame, stepName(model.kind)).values);
  return { role: 'classifier', classes: model.classes_, codes: Int32Array.from(means, (mean) => Number(mean > 0)) };
}

/** The logistic function as a mixture of five error functions, as scikit-learn has it. */
const LAMBDAS = [0.41, 0.4, 0.37, 0.44, 0.39];
const COEFS = [-1854.8214151, 3516.89893646, 221.29346712, 128.12323805, -2010.49422654];

export function binaryProcessProbabilities(model: BinaryGaussianProcess, frame: Frame): Scores {
  const x = pointsOf(frame, stepName(model.kind)).values;
  const { width, rows } = model.X_train_;
  const own = varianceOf(model.kernel_, width);
  const variances = new Float64Array(frame.rows);
  const means = latentMeans(model, x, (i, star) => {
    const known = star.map((value, point) => model.W_sr_[point]! * value);
    solveLower(model.L_, rows, known);
    variances[i] = own(x, i * width) - known.reduce((sum, value) => sum + value * value, 0);
  });
  const values = new Float64Array(frame.rows * 2);
  const half = 0.5 * COEFS.reduce((sum, coef) => sum + coef, 0);
  for (let i = 0; i < frame.rows; i++) {
    const alpha = 1 / (2 * variances[i]!);
    let second = 0;
    for (const [k, lambda] of LAMBDAS.entries()) {
      const integral =
        (Math.sqrt(Math.PI / alpha) * erf(lambda * means[i]! * Math.sqrt(alpha / (alpha + lambda * lambda)))) /
        (2 * Math.sqrt(variances[i]! * 2 * Math.PI));
      second += COEFS[k]! * integral;
    }
    second += half;
    values[2 * i] = 1 - second;
    values[2 * i + 1] = second;
  }
  return { values, width: 2 };
}

export function predictGaussianProcessClassifier(
  model: GaussianProcessClassifier,
  frame: Frame,
  parts: Parts,
): Prediction {
  return parts.predict(model.base_estimator_, frame);
}

export function processProbabilities(
  { base_estimator_, pairs }: GaussianProcessClassifier,
  frame: Frame,
  parts: Parts,
): Scores {
  if (!pairs) return parts.predict_proba(base_estimator_, frame);
  throw new MlctlError(
    'MODEL_UNSUPPORTED',
    'GaussianProcessClassifier has no probabilities with multi_class one_vs_one',
  );
}
