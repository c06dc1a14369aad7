// Turns features into inliers and outliers by a linear one-class model (sklearn.linear_model.SGDOneClassSVM).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { inliers } from '../labels/inliers.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { linearScoresOf } from './linear-scores.js';

export interface SgdOneClassSvm extends Fitted<'SGDOneClassSVM'> {
  /** [features] */
  readonly coef_: Float64Array;
  readonly offset_: number;
}

export function decideSgdOneClassSvm(model: SgdOneClassSvm, frame: Frame): Scores {
  return { values: linearScoresOf(frame, model.coef_, Float64Array.of(-model.offset_), model), width: null };
}

export function scoreSgdOneClassSvm(model: SgdOneClassSvm, frame: Frame): Scores {
  return { values: decideSgdOneClassSvm(model, frame).values.map((x) => x + model.offset_), width: null };
}

/** Zero is an inlier. */
export function predictSgdOneClassSvm(model: SgdOneClassSvm, frame: Frame): ClassPrediction {
  return inliers(decideSgdOneClassSvm(model, frame), (value) => value >= 0);
}
