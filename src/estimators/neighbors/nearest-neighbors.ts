// Finds the near training points of rows, for the estimators that contain it (sklearn.neighbors.NearestNeighbors).
import type { Fitted } from '../fitted.js';
import type { NeighbourIndex } from './neighbour-index.js';

export interface NearestNeighbors extends Fitted<'NearestNeighbors'> {
  readonly index: NeighbourIndex;
  readonly n_neighbors: number | null;
  readonly radius: number | null;
}
