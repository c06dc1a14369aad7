// Turns features into the sparse graph of the near training points (KNeighborsTransformer and RadiusNeighborsTransformer).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { stepName } from '../step-name.js';
import { type NeighbourIndex, nearestOf, withinOf } from './neighbour-index.js';

interface NeighboursTransformer<Kind extends string> extends Fitted<Kind> {
  readonly index: NeighbourIndex;
  readonly mode: 'connectivity' | 'distance';
}

export interface KNeighborsTransformer extends NeighboursTransformer<'KNeighborsTransformer'> {
  readonly n_neighbors: number;
}

export interface RadiusNeighborsTransformer extends NeighboursTransformer<'RadiusNeighborsTransformer'> {
  readonly radius: number;
}

/** With distances there is one neighbour more, because a training point counts as its own neighbour. */
export function transformKNeighbors(model: KNeighborsTransformer, frame: Frame): Frame {
  const wanted = model.n_neighbors + Number(model.mode === 'distance');
  const { count, indices, distances } = nearestOf(model.index, frame, wanted, stepName(model.kind));
  const indptr = Int32Array.from({ length: frame.rows + 1 }, (_, i) => i * count);
  return graphFrame(model, frame.rows, indptr, indices, distances);
}

export function transformRadiusNeighbors(model: RadiusNeighborsTransformer, frame: Frame): Frame {
  const { indptr, indices, distances } = withinOf(model.index, frame, model.radius, stepName(model.kind), true);
  return graphFrame(model, frame.rows, indptr, indices, distances);
}

function graphFrame(
  { index, mode }: NeighboursTransformer<string>,
  rows: number,
  indptr: Int32Array,
  indices: Int32Array,
  distances: Float64Array,
): Frame {
  const data = mode === 'distance' ? distances : distances.fill(1);
  return frameOfCsr(rows, { width: index.n_samples_fit_, indptr, indices, data });
}
