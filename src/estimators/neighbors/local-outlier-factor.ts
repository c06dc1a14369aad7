// Turns features into inlier (1) or outlier (−1) by the density around a row (sklearn.neighbors.LocalOutlierFactor, novelty=True).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { inliers } from '../labels/inliers.js';
import type { ClassPrediction, Scores } from '../prediction.js';
import { stepName } from '../step-name.js';
import { type NeighbourIndex, nearestOf } from './neighbour-index.js';

export interface LocalOutlierFactor extends Fitted<'LocalOutlierFactor'> {
  readonly index: NeighbourIndex;
  readonly n_neighbors_: number;
  readonly offset_: number;
  /** The local reachability density of each training point. */
  readonly _lrd: Float64Array;
  /** The distance of each training point to its farthest neighbour. */
  readonly reach: Float64Array;
}

/** The more negative, the less dense the place is, compared with its neighbours. */
export function outlierFactors(model: LocalOutlierFactor, frame: Frame): Scores {
  const { count, indices, distances } = nearestOf(model.index, frame, model.n_neighbors_, stepName(model.kind));
  const values = new Float64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    let reached = 0;
    for (let at = i * count; at < (i + 1) * count; at++)
      reached += Math.max(distances[at]!, model.reach[indices[at]!]!);
    const density = 1 / (reached / count + 1e-10);
    let ratios = 0;
    for (let at = i * count; at < (i + 1) * count; at++) ratios += model._lrd[indices[at]!]! / density;
    values[i] = -(ratios / count);
  }
  return { values, width: null };
}

export function outlierFactorDecisions(model: LocalOutlierFactor, frame: Frame): Scores {
  const { values } = outlierFactors(model, frame);
  return { values: values.map((value) => value - model.offset_), width: null };
}

export function predictLocalOutlierFactor(model: LocalOutlierFactor, frame: Frame): ClassPrediction {
  // a value that is not a number is not below zero
  return inliers(outlierFactorDecisions(model, frame), (value) => !(value < 0));
}
