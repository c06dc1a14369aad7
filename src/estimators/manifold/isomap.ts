// Turns features into the coordinates of a surface on which the training points lie (sklearn.manifold.Isomap).
import { MlctlError } from '../../errors/error.js';
import { type KernelPCA, transformKernelPCA } from '../decomposition/kernel-pca.js';
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import type { NearestNeighbors } from '../neighbors/nearest-neighbors.js';
import { nearestOf, type Within, withinOf } from '../neighbors/neighbour-index.js';
import { stepName } from '../step-name.js';

export interface Isomap extends Fitted<'Isomap'> {
  readonly nbrs_: NearestNeighbors;
  /** Null if the neighbours are those within a radius. */
  readonly n_neighbors: number | null;
  readonly radius: number;
  /** The ways between the training points, training points × training points. */
  readonly dist_matrix_: Float64Array;
  readonly kernel_pca_: KernelPCA;
}

/** The way to a training point leads through one of the neighbours. */
export function transformIsomap(model: Isomap, frame: Frame): Frame {
  const count = model.nbrs_.index.n_samples_fit_;
  const { indptr, indices, distances } = neighboursOf(model, frame);
  const ways = new Float64Array(frame.rows * count).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < frame.rows; i++) {
    for (let at = indptr[i]!; at < indptr[i + 1]!; at++) {
      const from = indices[at]! * count;
      for (let k = 0; k < count; k++)
        ways[i * count + k] = Math.min(ways[i * count + k]!, model.dist_matrix_[from + k]! + distances[at]!);
    }
  }
  for (let at = 0; at < ways.length; at++) ways[at] = ways[at]! * ways[at]! * -0.5;
  return transformKernelPCA(model.kernel_pca_, frameOfMatrix(frame.rows, count, ways));
}

function neighboursOf({ nbrs_, n_neighbors, radius, kind }: Isomap, frame: Frame): Within {
  const step = stepName(kind);
  if (n_neighbors !== null) {
    const { count, indices, distances } = nearestOf(nbrs_.index, frame, n_neighbors, step);
    return { indptr: Int32Array.from({ length: frame.rows + 1 }, (_, i) => i * count), indices, distances };
  }
  const found = withinOf(nbrs_.index, frame, radius, step);
  for (let i = 0; i < frame.rows; i++)
    if (found.indptr[i] === found.indptr[i + 1])
      throw new MlctlError('DATA_INVALID', `${step}: row ${i + 1} has no training point within the radius ${radius}`);
  return found;
}
