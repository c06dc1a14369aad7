// Turns what Python saved of an IsolationForest into its value.
import type { IsolationForest } from '../../estimators/ensemble/isolation-forest.js';
import type { Attributes } from '../attributes.js';
import { readTree } from '../tree/read-tree.js';
import { treeAttributes } from './read-trees.js';

export function readIsolationForest(attributes: Attributes): IsolationForest {
  const width = attributes.get('n_features_in_').integer(1);
  const estimators = attributes.get('estimators_').items();
  if (estimators.length === 0) attributes.get('estimators_').fail('at least one tree');
  const seen = attributes.maybe('_max_features')?.integer(1) ?? width;
  const features = seen === width ? null : attributes.get('estimators_features_').items();
  if (features && features.length !== estimators.length)
    attributes.get('estimators_features_').fail(`columns of ${estimators.length} trees`);
  return {
    ...attributes.fitted('IsolationForest', width),
    estimators_: estimators.map((tree) => readTree(treeAttributes(tree), seen, { numbers: 1 })),
    estimators_features_: features?.map((places) => places.places(width, seen)) ?? null,
    max_samples_: (attributes.maybe('_max_samples') ?? attributes.get('max_samples_')).integer(1),
    offset_: attributes.get('offset_').number(),
  };
}
