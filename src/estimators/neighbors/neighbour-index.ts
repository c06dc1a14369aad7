// Turns rows into their neighbours among the training points, as scikit-learn finds them: by its tree, or one by one.
import { MlctlError } from '../../errors/error.js';
import { type Csr, type Frame, matrixOf, widthOf } from '../frame.js';
import { measureOf } from '../pairwise/measure.js';
import type { Metric, MetricName } from '../pairwise/metric.js';
import type { Points } from '../pairwise/points.js';
import { NearestHeap } from './nearest-heap.js';
import { LARGEST_NETWORK, partitionOrder } from './partition-order.js';
import { type Query, type SpaceTree, searchNearest, searchWithin } from './space-tree.js';

export interface NeighbourIndex {
  /** The number of training points. */
  readonly n_samples_fit_: number;
  /** Null if the rows are distances to the training points (`metric='precomputed'`). */
  readonly searched: { readonly points: Points; readonly metric: Metric; readonly tree: SpaceTree | null } | null;
}

/** Row-major, rows × count; the nearest stands first. */
interface Nearest {
  readonly count: number;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

/** Row i has the neighbours from `indptr[i]` to `indptr[i + 1]`. */
export interface Within {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly distances: Float64Array;
}

export function nearestOf(index: NeighbourIndex, frame: Frame, count: number, step: string): Nearest {
  if (count > index.n_samples_fit_)
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `${step}: ${count} neighbours of ${index.n_samples_fit_} training points`,
    );
  const made: Nearest = {
    count,
    indices: new Int32Array(frame.rows * count),
    distances: new Float64Array(frame.rows * count),
  };
  if (index.searched === null && frame.sparse) return nearestOfGraph(made, graphOf(frame.sparse), step);
  const search = index.searched === null ? nearestByRow(frame, step) : nearestBySearch(index.searched, frame, step);
  const heap = new NearestHeap(count);
  for (let i = 0; i < frame.rows; i++) {
    heap.clear();
    search(i, heap);
    heap.sortInto(made.indices, made.distances, i * count);
  }
  if (index.searched) {
    const { distanceOf } = measureOf(index.searched.metric, index.searched.points.width);
    for (let at = 0; at < made.distances.length; at++) made.distances[at] = distanceOf(made.distances[at]!);
  }
  return made;
}

type Search = (row: number, heap: NearestHeap) => void;

/** The metrics whose nearest scikit-learn keeps in a heap while it goes through the points; for others it makes all distances first. */
const BY_HEAP = new Set<MetricName>([
  ...(['euclidean', 'sqeuclidean', 'manhattan', 'chebyshev', 'minkowski', 'seuclidean', 'haversine'] as const),
  ...(['canberra', 'braycurtis', 'matching', 'kulsinski', 'sokalmichener'] as const),
]);

function nearestBySearch(searched: NonNullable<NeighbourIndex['searched']>, frame: Frame, step: string): Search {
  const { points, metric, tree } = searched;
  const x = matrixOf(frame, step, metric.name === 'nan_euclidean' ? 'allowed' : 'refused');
  const { width, rows, values } = points;
  const measure = measureOf(metric, width);
  if (tree) {
    const query: Query = { tree, points, measure, p: exponentOf(metric) };
    return (row, heap) => searchNearest(query, x, row * width, heap);
  }
  const { reduced } = measure;
  if (BY_HEAP.has(metric.name))
    return (row, heap) => {
      for (let k = 0; k < rows; k++) heap.push(reduced(x, row * width, values, k * width), k);
    };
  const all = new Float64Array(rows);
  return (row, heap) => {
    for (let k = 0; k < rows; k++) all[k] = reduced(x, row * width, values, k * width);
    takeNearest(all, heap);
  };
}

/** The rows are distances. */
function nearestByRow(frame: Frame, step: string): Search {
  const x = distancesOf(frame, step);
  const width = widthOf(frame);
  return (row, heap) => takeNearest(x.subarray(row * width, (row + 1) * width), heap);
}

/** Many points are not sorted for each row, if the nearest are known without it. */
function takeNearest(distances: Float64Array, heap: NearestHeap): void {
  if (distances.length > LARGEST_NETWORK) {
    for (let k = 0; k < distances.length; k++) heap.push(distances[k]!, k);
    if (heap.largest < Number.POSITIVE_INFINITY) return;
  }
  heap.fill(distances, partitionOrder(distances));
}

function nearestOfGraph({ count, indices, distances }: Nearest, graph: Csr, step: string): Nearest {
  for (let i = 0; i + 1 < graph.indptr.length; i++) {
    const from = graph.indptr[i]!;
    if (graph.indptr[i + 1]! - from < count)
      throw new MlctlError(
        'DATA_INVALID',
        `${step}: a row of the graph has ${graph.indptr[i + 1]! - from} neighbours, and ${count} are needed`,
      );
    for (let k = 0; k < count; k++) {
      indices[i * count + k] = graph.indices[from + k]!;
      distances[i * count + k] = graph.data[from + k]!;
    }
  }
  return { count, indices, distances };
}

export function withinOf(index: NeighbourIndex, frame: Frame, radius: number, step: string, sorted = false): Within {
  const indptr = new Int32Array(frame.rows + 1);
  const indices: number[] = [];
  const distances: number[] = [];
  const found = (place: number, distance: number): void => {
    indices.push(place);
    distances.push(distance);
  };
  const search = index.searched === null ? withinRow(frame, step) : withinBySearch(index.searched, frame, step);
  for (let i = 0; i < frame.rows; i++) {
    const from = indices.length;
    search(i, radius, found);
    if (sorted) sortFrom(indices, distances, from);
    indptr[i + 1] = indices.length;
  }
  return { indptr, indices: Int32Array.from(indices), distances: Float64Array.from(distances) };
}

type RadiusSearch = (row: number, radius: number, found: (place: number, distance: number) => void) => void;

function withinBySearch(searched: NonNullable<NeighbourIndex['searched']>, frame: Frame, step: string): RadiusSearch {
  const { points, metric, tree } = searched;
  const x = matrixOf(frame, step, metric.name === 'nan_euclidean' ? 'allowed' : 'refused');
  const { width, rows, values } = points;
  const measure = measureOf(metric, width);
  if (tree) {
    const query: Query = { tree, points, measure, p: exponentOf(metric) };
    return (row, radius, found) => searchWithin(query, x, row * width, radius, found);
  }
  return (row, radius, found) => {
    const most = measure.reducedOf(radius);
    for (let k = 0; k < rows; k++) {
      const reduced = measure.reduced(x, row * width, values, k * width);
      if (reduced <= most) found(k, measure.distanceOf(reduced));
    }
  };
}

function withinRow(frame: Frame, step: string): RadiusSearch {
  const graph = frame.sparse && graphOf(frame.sparse);
  if (graph)
    return (row, radius, found) => {
      for (let at = graph.indptr[row]!; at < graph.indptr[row + 1]!; at++)
        if (graph.data[at]! <= radius) found(graph.indices[at]!, graph.data[at]!);
    };
  const x = distancesOf(frame, step);
  const width = widthOf(frame);
  return (row, radius, found) => {
    for (let k = 0; k < width; k++) if (x[row * width + k]! <= radius) found(k, x[row * width + k]!);
  };
}

const exponentOf = ({ name, p }: Metric): number =>
  name === 'manhattan' ? 1 : name === 'chebyshev' ? Number.POSITIVE_INFINITY : name === 'minkowski' ? p : 2;

function distancesOf(frame: Frame, step: string): Float64Array {
  const values = matrixOf(frame, step);
  if (values.some((value) => value < 0))
    throw new MlctlError('DATA_INVALID', `${step}: a distance is negative; expected distances to the training points`);
  return values;
}

/** Each row from the nearest on; of equals the first stays first. An entry that is there counts, also if it is zero. */
function graphOf(csr: Csr): Csr {
  const indices = csr.indices.slice();
  const data = csr.data.slice();
  for (let i = 0; i + 1 < csr.indptr.length; i++) {
    const [from, to] = [csr.indptr[i]!, csr.indptr[i + 1]!];
    const order = Array.from({ length: to - from }, (_, k) => from + k).sort((a, b) => csr.data[a]! - csr.data[b]!);
    for (const [k, at] of order.entries()) {
      indices[from + k] = csr.indices[at]!;
      data[from + k] = csr.data[at]!;
    }
  }
  return { ...csr, indices, data };
}

function sortFrom(indices: number[], distances: number[], from: number): void {
  const order = Array.from({ length: indices.length - from }, (_, k) => from + k);
  order.sort((a, b) => distances[a]! - distances[b]!);
  const [places, lengths] = [order.map((at) => indices[at]!), order.map((at) => distances[at]!)];
  for (let k = 0; k < order.length; k++) {
    indices[from + k] = places[k]!;
    distances[from + k] = lengths[k]!;
  }
}
