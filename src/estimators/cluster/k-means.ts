// Turns features into the number of the nearest centre (sklearn.cluster.KMeans and MiniBatchKMeans).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf, widthOf } from '../frame.js';
import { linearScores } from '../linear-model/linear-scores.js';
import type { ClusterPrediction } from '../prediction.js';
import { stepName } from '../step-name.js';

interface Means<Kind extends string> extends Fitted<Kind> {
  /** Row-major, clusters × features. */
  readonly cluster_centers_: Float64Array;
}

export type KMeans = Means<'KMeans'>;
export type MiniBatchKMeans = Means<'MiniBatchKMeans'>;

/**
 * The linear model by which a graph and `predict` compare the centres: |c|² − 2 c·x is the squared distance to x, less |x|²,
 * which is the same for every centre. scikit-learn compares the same terms.
 */
export function distanceTerms(
  { cluster_centers_ }: KMeans | MiniBatchKMeans,
  width: number,
): { coef: Float64Array; intercept: Float64Array } {
  const intercept = new Float64Array(cluster_centers_.length / width);
  for (let at = 0; at < cluster_centers_.length; at++) {
    const value = cluster_centers_[at]!;
    intercept[Math.floor(at / width)]! += value * value;
  }
  return { coef: cluster_centers_.map((value) => -2 * value), intercept };
}

/** The first of the centres at the same distance. */
export function predictKMeans(model: KMeans | MiniBatchKMeans, frame: Frame): ClusterPrediction {
  const matrix = matrixOf(frame, stepName(model.kind));
  const { coef, intercept } = distanceTerms(model, widthOf(frame));
  const distances = new Float64Array(intercept.length);
  const clusters = new BigInt64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    linearScores(matrix, i, coef, intercept, distances);
    let nearest = 0;
    for (let k = 1; k < distances.length; k++) if (distances[k]! < distances[nearest]!) nearest = k;
    clusters[i] = BigInt(nearest);
  }
  return { role: 'clusterer', clusters };
}
