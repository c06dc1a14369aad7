// Turns what Python saved of the clusterers by means into their values.
import type { BisectingKMeans } from '../../estimators/cluster/bisecting-k-means.js';
import type { KMeans, MiniBatchKMeans } from '../../estimators/cluster/k-means.js';
import { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

export function readKMeans<Kind extends (KMeans | MiniBatchKMeans)['kind']>(kind: Kind, attributes: Attributes) {
  const { values, width } = attributes.get('cluster_centers_').matrix();
  return { ...attributes.fitted(kind, width), cluster_centers_: values };
}

/** A tree of n leaves has 2 n − 1 nodes, and a file that says more goes round in a circle. */
export function readBisectingKMeans(attributes: Attributes): BisectingKMeans {
  const { values: cluster_centers_, width, rows } = attributes.get('cluster_centers_').matrix();
  const mean = attributes.maybe('_X_mean')?.vector(width) ?? new Float64Array(width);
  const root = attributes.get('_bisecting_tree');
  const nodes: Attributes[] = [];
  const [left, right, label]: [number[], number[], number[]] = [[], [], []];
  const centers: number[] = [];
  const open: { value: Value; hang: (place: number) => void }[] = [{ value: root, hang: () => undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    const node = new Attributes(next.value);
    const place = nodes.push(node) - 1;
    if (place >= 2 * rows) root.fail(`a tree of ${rows} clusters`, 'more nodes');
    next.hang(place);
    // the root's centre is the mean of the data, and nothing is compared with it
    const centre = place === 0 ? new Float64Array(width) : node.get('center').numbers().values;
    if (centre.length !== width) node.get('center').fail(`${width} numbers`);
    for (let j = 0; j < width; j++) centers.push(centre[j]! + mean[j]!);
    const [one, other] = [node.maybe('left'), node.maybe('right')];
    left.push(-1);
    right.push(-1);
    label.push(one && other ? -1 : node.get('label').integer(0));
    if (one === null || other === null) continue;
    open.push(
      { value: one, hang: (child) => (left[place] = child) },
      { value: other, hang: (child) => (right[place] = child) },
    );
  }
  return {
    ...attributes.fitted('BisectingKMeans', width),
    cluster_centers_,
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    label: Int32Array.from(label),
    centers: Float64Array.from(centers),
  };
}
