// Turns features into the number of the nearest centre, or the distances to all centres (Birch, MeanShift, AffinityPropagation).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { measureOf } from '../pairwise/measure.js';
import { plainMetric } from '../pairwise/metric.js';
import type { ClusterPrediction } from '../prediction.js';
import { stepName } from '../step-name.js';

export interface Centres<Kind extends string> extends Fitted<Kind> {
  /** Row-major, centres × features. */
  readonly cluster_centers_: Float64Array;
  readonly centres: number;
  /** The cluster of each centre; null if it is its own number. */
  readonly labels: Int32Array | null;
}

/** The first of the centres at the same distance; −1 if there are no centres. */
export function predictNearestCentre(model: Centres<string>, frame: Frame): ClusterPrediction {
  const { cluster_centers_, centres, labels } = model;
  const matrix = matrixOf(frame, stepName(model.kind));
  const width = centres === 0 ? 0 : cluster_centers_.length / centres;
  const { reduced } = measureOf(plainMetric('euclidean'), width);
  const clusters = new BigInt64Array(frame.rows).fill(-1n);
  for (let i = 0; i < frame.rows && centres > 0; i++) {
    let nearest = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < centres; k++) {
      const distance = reduced(matrix, i * width, cluster_centers_, k * width);
      if (!(distance < least)) continue;
      least = distance;
      nearest = k;
    }
    clusters[i] = BigInt(labels?.[nearest] ?? nearest);
  }
  return { role: 'clusterer', clusters };
}

export function distancesToCentres(
  model: Fitted<string> & { readonly cluster_centers_: Float64Array },
  frame: Frame,
): Frame {
  const { cluster_centers_ } = model;
  const matrix = matrixOf(frame, stepName(model.kind));
  const width = widthOf(frame);
  const count = cluster_centers_.length / width;
  const { reduced } = measureOf(plainMetric('euclidean'), width);
  const values = new Float64Array(frame.rows * count);
  for (let i = 0; i < frame.rows; i++)
    for (let k = 0; k < count; k++)
      values[i * count + k] = Math.sqrt(reduced(matrix, i * width, cluster_centers_, k * width));
  return frameOfMatrix(frame.rows, count, values);
}
