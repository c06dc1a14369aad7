// Turns what Python saved of a FeatureAgglomeration into its value.
import type { FeatureAgglomeration } from '../../estimators/cluster/feature-agglomeration.js';
import type { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';

const POOLS = new Map<string, FeatureAgglomeration['pooling_func']>([
  ['mean', 'mean'],
  ['median', 'median'],
  ['max', 'max'],
  ['amax', 'max'],
  ['min', 'min'],
  ['amin', 'min'],
  ['sum', 'sum'],
]);

export function readFeatureAgglomeration(attributes: Attributes): FeatureAgglomeration {
  const width = attributes.get('n_features_in_').integer(1);
  const labels = attributes.get('labels_').places(width, width);
  const pooling = attributes.get('pooling_func');
  const { saved } = pooling;
  const pool = isSaved(saved, 'name') && saved.module === 'numpy' ? POOLS.get(saved.name) : undefined;
  if (pool === undefined) return pooling.unknown('numpy.mean, median, max, min or sum');
  const groups = new Map<number, number[]>();
  for (const [j, label] of labels.entries()) {
    const group = groups.get(label);
    if (group) group.push(j);
    else groups.set(label, [j]);
  }
  const sorted = [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
  return { ...attributes.fitted('FeatureAgglomeration', width), groups: sorted, pooling_func: pool };
}
