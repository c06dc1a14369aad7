// Turns what Python saved of a clusterer by the nearest centre into its value.
import type { Centres } from '../../estimators/cluster/nearest-centre.js';
import type { Attributes } from '../attributes.js';
import { readPoints } from '../pairwise/read-points.js';

export function readCentres<Kind extends 'AffinityPropagation' | 'MeanShift'>(
  kind: Kind,
  attributes: Attributes,
): Centres<Kind> {
  if (!attributes.has('cluster_centers_'))
    attributes.get('affinity').unknown("'euclidean': without centres there is no answer for new rows");
  const { values, rows, width } = readPoints(attributes.get('cluster_centers_'));
  // without any centre the array does not have the columns
  return {
    ...attributes.fitted(kind, rows === 0 ? undefined : width),
    cluster_centers_: values,
    centres: rows,
    labels: null,
  };
}

export function readBirch(attributes: Attributes): Centres<'Birch'> {
  const { values, rows, width } = attributes.get('subcluster_centers_').matrix();
  const labels = Int32Array.from(attributes.get('subcluster_labels_').places(2 ** 31, rows));
  return { ...attributes.fitted('Birch', width), cluster_centers_: values, centres: rows, labels };
}
