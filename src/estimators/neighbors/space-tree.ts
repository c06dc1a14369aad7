// Turns a query into its neighbours by the tree that scikit-learn built over the training points (KDTree and BallTree). Its way
// through the tree decides which of several points at the same distance are found, so it is walked as scikit-learn walks it.
import type { Measure } from '../pairwise/metric.js';
import type { Points } from '../pairwise/points.js';
import type { NearestHeap } from './nearest-heap.js';

export interface SpaceTree {
  readonly kind: 'kd' | 'ball';
  /** Places of training points; the points of a node stand together. */
  readonly order: Int32Array;
  /** Of each node, in `order`. The children of node i are 2 i + 1 and 2 i + 2. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly leaf: Uint8Array;
  /** Of a ball. */
  readonly radius: Float64Array;
  /** kd: the lower corner of each node, then the upper corner of each; ball: the centre of each. */
  readonly bounds: Float64Array;
}

export interface Query {
  readonly tree: SpaceTree;
  readonly points: Points;
  readonly measure: Measure;
  /** The exponent that a kd tree raises to; infinite for chebyshev. */
  readonly p: number;
}

/** Pushes the points of the tree that are near to the row at `from` of `x`. */
export function searchNearest(query: Query, x: Float64Array, from: number, heap: NearestHeap): void {
  const { tree, points, measure } = query;
  const bound = tree.kind === 'kd' ? boxBound(query, x, from, false) : ballBound(query, x, from);
  const visit = (node: number, least: number): void => {
    if (least > heap.largest) return;
    if (tree.leaf[node]) {
      for (let i = tree.start[node]!; i < tree.end[node]!; i++) {
        const place = tree.order[i]!;
        heap.push(measure.reduced(x, from, points.values, place * points.width), place);
      }
      return;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    const [first, second] = [bound(left), bound(right)];
    if (first <= second) {
      visit(left, first);
      visit(right, second);
    } else {
      visit(right, second);
      visit(left, first);
    }
  };
  visit(0, bound(0));
}

/** Calls `found` with the points within the radius, in the order of the tree. */
export function searchWithin(
  query: Query,
  x: Float64Array,
  from: number,
  radius: number,
  found: (place: number, distance: number) => void,
): void {
  const { tree, points, measure } = query;
  const [least, most] = extents(query, x, from);
  const reducedRadius = measure.reducedOf(radius);
  const visit = (node: number): void => {
    if (least(node) > radius) return;
    const all = most(node) <= radius;
    if (!all && !tree.leaf[node]) {
      visit(2 * node + 1);
      visit(2 * node + 2);
      return;
    }
    for (let i = tree.start[node]!; i < tree.end[node]!; i++) {
      const place = tree.order[i]!;
      const reduced = measure.reduced(x, from, points.values, place * points.width);
      if (all || reduced <= reducedRadius) found(place, measure.distanceOf(reduced));
    }
  };
  visit(0);
}

type Bound = (node: number) => number;

/** The least and the greatest distance of a point of the node. */
function extents(query: Query, x: Float64Array, from: number): [least: Bound, most: Bound] {
  const { tree, measure, points, p } = query;
  if (tree.kind === 'kd') {
    const root = (value: number) => (p === Number.POSITIVE_INFINITY ? value : value ** (1 / p));
    const [least, most] = [boxBound(query, x, from, false), boxBound(query, x, from, true)];
    return [(node) => root(least(node)), (node) => root(most(node))];
  }
  const centre = (node: number) => measure.distanceOf(measure.reduced(x, from, tree.bounds, node * points.width));
  return [(node) => Math.max(0, centre(node) - tree.radius[node]!), (node) => centre(node) + tree.radius[node]!];
}

function ballBound({ tree, measure, points }: Query, x: Float64Array, from: number): Bound {
  return (node) => {
    const centre = measure.distanceOf(measure.reduced(x, from, tree.bounds, node * points.width));
    return measure.reducedOf(Math.max(0, centre - tree.radius[node]!));
  };
}

/** The least (or greatest) reduced distance to a box. */
function boxBound({ tree, points, p }: Query, x: Float64Array, from: number, greatest: boolean): Bound {
  const { width } = points;
  const upper = tree.bounds.length / 2;
  return (node) => {
    let bound = 0;
    for (let j = 0; j < width; j++) {
      const below = tree.bounds[node * width + j]! - x[from + j]!;
      const above = x[from + j]! - tree.bounds[upper + node * width + j]!;
      const side = greatest
        ? Math.max(Math.abs(below), Math.abs(above))
        : 0.5 * (below + Math.abs(below) + (above + Math.abs(above)));
      if (p === Number.POSITIVE_INFINITY) bound = Math.max(bound, side);
      else bound += p === 2 ? side * side : side ** p;
    }
    return bound;
  };
}
