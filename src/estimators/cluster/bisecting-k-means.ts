// Turns features into the number of a cluster, by the nearer of two centres again and again (sklearn.cluster.BisectingKMeans).
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { measureOf } from '../pairwise/measure.js';
import { plainMetric } from '../pairwise/metric.js';
import type { ClusterPrediction } from '../prediction.js';
import { stepName } from '../step-name.js';

export interface BisectingKMeans extends Fitted<'BisectingKMeans'> {
  readonly cluster_centers_: Float64Array;
  /** Of each node of the tree; children stand behind their parent, and a leaf has −1. */
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** The cluster of a leaf. */
  readonly label: Int32Array;
  /** Row-major, nodes × features. */
  readonly centers: Float64Array;
}

export function predictBisectingKMeans(model: BisectingKMeans, frame: Frame): ClusterPrediction {
  const { left, right, label, centers } = model;
  const matrix = matrixOf(frame, stepName(model.kind));
  const width = centers.length / left.length;
  const { reduced } = measureOf(plainMetric('euclidean'), width);
  const clusters = new BigInt64Array(frame.rows);
  for (let i = 0; i < frame.rows; i++) {
    const to = (node: number): number => reduced(matrix, i * width, centers, node * width);
    let node = 0;
    while (left[node]! >= 0) node = to(left[node]!) <= to(right[node]!) ? left[node]! : right[node]!;
    clusters[i] = BigInt(label[node]!);
  }
  return { role: 'clusterer', clusters };
}
