// Turns features into the chances of the components of a mixture of Gaussians (GaussianMixture and BayesianGaussianMixture).
import { exp, log } from '../exponential.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { greatest } from '../greatest.js';
import type { ClusterPrediction, Scores } from '../prediction.js';
import { logSumExp } from '../special/log-sum-exp.js';
import { stepName } from '../step-name.js';

export interface Mixture<Kind extends string> extends Fitted<Kind> {
  readonly covariance_type: 'full' | 'tied' | 'diag' | 'spherical';
  /** Row-major, components × features. */
  readonly means_: Float64Array;
  /** full: components × features × features; tied: features × features; diag: components × features; spherical: components. */
  readonly precisions_cholesky_: Float64Array;
  /** What is added to the logarithm of the density of each component. */
  readonly offsets: Float64Array;
}

export type GaussianMixture = Mixture<'GaussianMixture'>;
export type BayesianGaussianMixture = Mixture<'BayesianGaussianMixture'>;

type AnyMixture = GaussianMixture | BayesianGaussianMixture;

/** The logarithm of each component's weight and density, rows × components. */
function weightedLogs(model: AnyMixture, frame: Frame): Float64Array {
  const x = matrixOf(frame, stepName(model.kind));
  const width = widthOf(frame);
  const { offsets } = model;
  const made = new Float64Array(frame.rows * offsets.length);
  const distance = distanceOf(model, x, width);
  for (let i = 0; i < frame.rows; i++)
    for (let k = 0; k < offsets.length; k++)
      made[i * offsets.length + k] = -0.5 * (width * LOG_TWO_PI + distance(i, k)) + offsets[k]!;
  return made;
}

const LOG_TWO_PI = log(2 * Math.PI);

/** The square of the distance of a row to a component's mean, in the component's own measure. */
function distanceOf(model: AnyMixture, x: Float64Array, width: number): (row: number, component: number) => number {
  const { means_, precisions_cholesky_: precisions, covariance_type } = model;
  if (covariance_type === 'diag' || covariance_type === 'spherical')
    return (row, k) => {
      let sum = 0;
      for (let j = 0; j < width; j++) {
        const scaled =
          (x[row * width + j]! - means_[k * width + j]!) * precisions[covariance_type === 'diag' ? k * width + j : k]!;
        sum += scaled * scaled;
      }
      return sum;
    };
  const centred = new Float64Array(width);
  return (row, k) => {
    for (let j = 0; j < width; j++) centred[j] = x[row * width + j]! - means_[k * width + j]!;
    const from = covariance_type === 'full' ? k * width * width : 0;
    let sum = 0;
    for (let c = 0; c < width; c++) {
      let dot = 0;
      for (let j = 0; j < width; j++) dot += centred[j]! * precisions[from + j * width + c]!;
      sum += dot * dot;
    }
    return sum;
  };
}

export function predictMixture(model: AnyMixture, frame: Frame): ClusterPrediction {
  const logs = weightedLogs(model, frame);
  const count = model.offsets.length;
  const clusters = BigInt64Array.from({ length: frame.rows }, (_, i) => BigInt(greatest(logs, i * count, count)));
  return { role: 'clusterer', clusters };
}

export function mixtureProbabilities(model: AnyMixture, frame: Frame): Scores {
  const values = weightedLogs(model, frame);
  const width = model.offsets.length;
  for (let i = 0; i < frame.rows; i++) {
    const total = logSumExp(values, i * width, width);
    for (let at = i * width; at < (i + 1) * width; at++) values[at] = exp(values[at]! - total);
  }
  return { values, width };
}

/** The logarithm of the density of the whole mixture. */
export function mixtureScores(model: AnyMixture, frame: Frame): Scores {
  const logs = weightedLogs(model, frame);
  const count = model.offsets.length;
  const values = Float64Array.from({ length: frame.rows }, (_, i) => logSumExp(logs, i * count, count));
  return { values, width: null };
}
