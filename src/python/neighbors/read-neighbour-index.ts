// Turns what every estimator of neighbours keeps of its training points into how they are searched.
import type { NeighbourIndex } from '../../estimators/neighbors/neighbour-index.js';
import type { Attributes } from '../attributes.js';
import { readMetric } from '../pairwise/read-metric.js';
import { readPoints } from '../pairwise/read-points.js';
import { readSpaceTree } from './read-space-tree.js';

/** `_tree` is read and not made again, because it decides which of several points at one distance are found. */
export function readNeighbourIndex(attributes: Attributes): NeighbourIndex & { readonly width: number } {
  const name = attributes.get('effective_metric_');
  if (name.saved === 'precomputed') {
    const count = attributes.get('n_samples_fit_').integer(1);
    return { n_samples_fit_: count, searched: null, width: count };
  }
  const points = readPoints(attributes.get('_fit_X'));
  const metric = readMetric(name, attributes.maybe('effective_metric_params_'), points.width);
  const method = attributes.get('_fit_method').choice('brute', 'kd_tree', 'ball_tree');
  const tree = method === 'brute' ? null : readSpaceTree(attributes.get('_tree'), points.rows, points.width);
  if (tree?.kind === 'kd' && !['euclidean', 'manhattan', 'chebyshev', 'minkowski'].includes(metric.name))
    name.fail('a metric that a KDTree knows');
  return { n_samples_fit_: points.rows, searched: { points, metric, tree }, width: points.width };
}
