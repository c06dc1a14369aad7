// Turns features into inlier (1) or outlier (−1) by the distance to the middle of the training data (EllipticEnvelope).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { inliers } from '../labels/inliers.js';
import { measureOf } from '../pairwise/measure.js';
import { plainMetric } from '../pairwise/metric.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { stepName } from '../step-name.js';

export interface EllipticEnvelope extends Fitted<'EllipticEnvelope'> {
  readonly location_: Float64Array;
  /** The inverse covariance, features × features. */
  readonly precision: Float64Array;
  readonly offset_: number;
}

/** The negative squares of the Mahalanobis distances. */
export function envelopeScores({ kind, location_, precision }: EllipticEnvelope, frame: Frame): Scores {
  const x = matrixOf(frame, stepName(kind));
  const width = location_.length;
  const { reduced } = measureOf({ ...plainMetric('mahalanobis'), inverse: precision }, width);
  return {
    values: Float64Array.from({ length: frame.rows }, (_, i) => -reduced(x, i * width, location_, 0)),
    width: null,
  };
}

export function envelopeDecisions(model: EllipticEnvelope, frame: Frame): Scores {
  const { values } = envelopeScores(model, frame);
  return { values: values.map((value) => value - model.offset_), width: null };
}

/** A value of zero is an inlier, and one that is not a number is not. */
export function predictEllipticEnvelope(model: EllipticEnvelope, frame: Frame): ClassPrediction {
  return inliers(envelopeDecisions(model, frame), (value) => value >= 0);
}
