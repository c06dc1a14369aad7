// Turns features into the class whose centre is nearest (sklearn.neighbors.NearestCentroid).
import { exp, log } from '../exponential.js';
import type { AnyLabels, Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { greatestClasses } from '../greatest-classes.js';
import { logSumExp } from '../log-sum-exp.js';
import { measureOf } from '../pairwise/measure.js';
import type { Metric } from '../pairwise/metric.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { stepName } from '../step-name.js';

export interface NearestCentroid extends Fitted<'NearestCentroid'> {
  readonly classes_: AnyLabels;
  readonly metric: Metric;
  /** Row-major, classes × features. */
  readonly centroids_: Float64Array;
  /** Null before scikit-learn 1.6. */
  readonly class_prior_: Float64Array | null;
  readonly within_class_std_dev_: Float64Array | null;
}

export function predictNearestCentroid(model: NearestCentroid, frame: Frame): ClassPrediction {
  const classes = model.classes_.values.length;
  const even = model.class_prior_?.every((prior) => Math.abs(prior - 1 / classes) <= 1e-8 + 1e-5 / classes) ?? true;
  const scores = even ? closeness(model, frame) : discriminants(model, frame);
  return greatestClasses(model.classes_, scores);
}

/** The negative reduced distances to the centres. */
function closeness({ kind, metric, centroids_, classes_ }: NearestCentroid, frame: Frame): Float64Array {
  const x = matrixOf(frame, stepName(kind));
  const classes = classes_.values.length;
  const width = centroids_.length / classes;
  const { reduced } = measureOf(metric, width);
  const made = new Float64Array(frame.rows * classes);
  for (let at = 0; at < made.length; at++)
    made[at] = -reduced(x, Math.floor(at / classes) * width, centroids_, (at % classes) * width);
  return made;
}

/** The columns are scaled by their spread within the classes. */
function discriminants(model: NearestCentroid, frame: Frame): Float64Array {
  const { kind, metric, centroids_, classes_, class_prior_, within_class_std_dev_ } = model;
  const classes = classes_.values.length;
  const width = centroids_.length / classes;
  const scaled = (values: Float64Array): Float64Array =>
    values.map((value, at) => value / (within_class_std_dev_![at % width]! || 1));
  const [x, centres] = [scaled(matrixOf(frame, stepName(kind))), scaled(centroids_)];
  const { reduced, distanceOf } = measureOf(metric, width);
  const priors = class_prior_!.map((prior) => 2 * log(prior));
  const made = new Float64Array(frame.rows * classes);
  for (let at = 0; at < made.length; at++) {
    const k = at % classes;
    const distance = distanceOf(reduced(x, Math.floor(at / classes) * width, centres, k * width));
    made[at] = -(distance * distance) + priors[k]!;
  }
  return made;
}

/** Of two classes the difference. */
export function centroidDecisions(model: NearestCentroid, frame: Frame): Scores {
  const scores = discriminants(model, frame);
  const classes = model.classes_.values.length;
  if (classes !== 2) return { values: scores, width: classes };
  return {
    values: Float64Array.from({ length: frame.rows }, (_, i) => scores[2 * i + 1]! - scores[2 * i]!),
    width: null,
  };
}

export function centroidLogProbabilities(model: NearestCentroid, frame: Frame): Scores {
  const values = discriminants(model, frame);
  const width = model.classes_.values.length;
  for (let from = 0; from < values.length; from += width) {
    const total = logSumExp(values, from, width);
    for (let at = from; at < from + width; at++) values[at]! -= total;
  }
  return { values, width };
}

export function centroidProbabilities(model: NearestCentroid, frame: Frame): Scores {
  const { values, width } = centroidLogProbabilities(model, frame);
  return { values: values.map(exp), width };
}
