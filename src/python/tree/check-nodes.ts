// Turns the nodes of a tree into an error, if rows could not walk it.
import { LEAF } from '../../estimators/tree/tree.js';
import type { Value } from '../value.js';

interface Nodes {
  readonly left: Float64Array;
  readonly right: Float64Array;
  readonly feature: Float64Array;
  readonly threshold: Float64Array;
}

/** A child stands behind its parent, as scikit-learn writes it, and has no other parent, so that every walk ends. */
export function checkNodes(nodes: Value, { left, right, feature, threshold }: Nodes, width: number): void {
  const count = left.length;
  if (count === 0) nodes.fail('at least one node');
  const isChild = new Uint8Array(count);
  for (let node = 0; node < count; node++) {
    if (left[node] === LEAF) continue;
    for (const child of [left[node]!, right[node]!]) {
      if (!(Number.isInteger(child) && child > node && child < count))
        nodes.fail('nodes whose children stand behind them', `the child ${child} of node ${node}`);
      if (isChild[child] === 1) nodes.fail('nodes with one parent', `two parents of node ${child}`);
      isChild[child] = 1;
    }
    if (!(Number.isInteger(feature[node]) && feature[node]! >= 0 && feature[node]! < width))
      nodes.fail(`features below ${width}`, `the feature ${feature[node]} of node ${node}`);
    if (Number.isNaN(threshold[node])) nodes.fail('thresholds that are numbers', `a NaN at node ${node}`);
  }
}
