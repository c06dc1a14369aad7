// Turns features into the mean of the targets of near training points (KNeighborsRegressor and RadiusNeighborsRegressor).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import type { ValuePrediction } from '../prediction.js';
import { stepName } from '../step-name.js';
import { type NeighbourIndex, nearestOf, withinOf } from './neighbour-index.js';
import { type Weights, weigh } from './neighbour-weights.js';

interface NeighboursRegressor<Kind extends string> extends Fitted<Kind> {
  readonly index: NeighbourIndex;
  readonly weights: Weights;
  /** Row-major, training points × targets. */
  readonly _y: Float64Array;
  /** Null if the target was one plain column. */
  readonly targets: number | null;
}

export interface KNeighborsRegressor extends NeighboursRegressor<'KNeighborsRegressor'> {
  readonly n_neighbors: number;
}

export interface RadiusNeighborsRegressor extends NeighboursRegressor<'RadiusNeighborsRegressor'> {
  readonly radius: number;
  /** What numpy answers where there is no neighbour: NaN, or for whole targets the least int64. */
  readonly empty: number;
}

export function predictKNeighborsRegressor(model: KNeighborsRegressor, frame: Frame): ValuePrediction {
  const { count, indices, distances } = nearestOf(model.index, frame, model.n_neighbors, stepName(model.kind));
  const indptr = Int32Array.from({ length: frame.rows + 1 }, (_, i) => i * count);
  return { role: 'regressor', values: meansOf(model, indptr, indices, distances, Number.NaN), width: model.targets };
}

export function predictRadiusNeighborsRegressor(model: RadiusNeighborsRegressor, frame: Frame): ValuePrediction {
  const { indptr, indices, distances } = withinOf(model.index, frame, model.radius, stepName(model.kind));
  return { role: 'regressor', values: meansOf(model, indptr, indices, distances, model.empty), width: model.targets };
}

function meansOf(
  { weights, _y, targets }: NeighboursRegressor<string>,
  indptr: Int32Array,
  indices: Int32Array,
  distances: Float64Array,
  empty: number,
): Float64Array {
  const width = targets ?? 1;
  const rows = indptr.length - 1;
  const values = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    const [from, to] = [indptr[i]!, indptr[i + 1]!];
    weigh(distances, from, to, weights);
    let total = 0;
    for (let at = from; at < to; at++) total += distances[at]!;
    for (let k = 0; k < width; k++) {
      let sum = 0;
      for (let at = from; at < to; at++) sum += _y[indices[at]! * width + k]! * distances[at]!;
      values[i * width + k] = from === to ? empty : sum / total;
    }
  }
  return values;
}
