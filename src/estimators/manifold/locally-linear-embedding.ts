// Turns features into coordinates by the mixture of near training points that gives a row back (LocallyLinearEmbedding).
import { MlctlError } from '../../errors/error.js';
import type { Fitted } from '../fitted.js';
import { type Frame, matrixOf } from '../frame.js';
import { frameOfMatrix } from '../frame-of-matrix.js';
import { choleskyOf, solveCholesky } from '../linear-algebra/cholesky.js';
import type { NearestNeighbors } from '../neighbors/nearest-neighbors.js';
import { nearestOf } from '../neighbors/neighbour-index.js';
import type { Points } from '../pairwise/points.js';
import { stepName } from '../step-name.js';

export interface LocallyLinearEmbedding extends Fitted<'LocallyLinearEmbedding'> {
  readonly nbrs_: NearestNeighbors;
  readonly points: Points;
  readonly n_neighbors: number;
  readonly reg: number;
  /** Row-major, training points × components. */
  readonly embedding_: Float64Array;
  readonly n_components: number;
}

export function transformLocallyLinearEmbedding(model: LocallyLinearEmbedding, frame: Frame): Frame {
  const { embedding_, n_components: components } = model;
  const step = stepName(model.kind);
  const x = matrixOf(frame, step);
  const { width } = model.points;
  const { count, indices } = nearestOf(model.nbrs_.index, frame, model.n_neighbors, step);
  const values = new Float64Array(frame.rows * components);
  for (let i = 0; i < frame.rows; i++) {
    const near = indices.subarray(i * count, (i + 1) * count);
    const weights = barycentre(model, x.subarray(i * width, (i + 1) * width), near);
    for (const [k, place] of near.entries())
      for (let c = 0; c < components; c++)
        values[i * components + c]! += embedding_[place * components + c]! * weights[k]!;
  }
  return frameOfMatrix(frame.rows, components, values);
}

/** The weights, which add up to one, by which the neighbours make the row. */
function barycentre({ points, reg, kind }: LocallyLinearEmbedding, row: Float64Array, near: Int32Array): Float64Array {
  const { width, values } = points;
  const count = near.length;
  const sides = new Float64Array(count * width);
  for (const [k, place] of near.entries())
    for (let j = 0; j < width; j++) sides[k * width + j] = values[place * width + j]! - row[j]!;
  const gram = new Float64Array(count * count);
  let trace = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++)
      for (let j = 0; j < width; j++) gram[a * count + b]! += sides[a * width + j]! * sides[b * width + j]!;
    trace += gram[a * (count + 1)]!;
  }
  for (let a = 0; a < count; a++) gram[a * (count + 1)]! += trace > 0 ? reg * trace : reg;
  const triangle = choleskyOf(gram, count);
  if (triangle === null)
    throw new MlctlError('DATA_INVALID', `${stepName(kind)}: the neighbours of a row have no weights of their own`);
  const weights = new Float64Array(count).fill(1);
  solveCholesky(triangle, count, weights);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
