// Turns what Python saved of a LabelPropagation or LabelSpreading into its value.
import type { LabelPropagation } from '../../estimators/semi-supervised/label-propagation.js';
import { Attributes } from '../attributes.js';
import { readNeighbourIndex } from '../neighbors/read-neighbour-index.js';
import { readPoints } from '../pairwise/read-points.js';

export function readLabelPropagation<Kind extends string>(kind: Kind, attributes: Attributes): LabelPropagation<Kind> {
  const classes_ = attributes.get('classes_').labels();
  const X_ = readPoints(attributes.get('X_'));
  const distributions = attributes.get('label_distributions_').matrix(classes_.values.length, X_.rows);
  const name = attributes.get('kernel').choice('rbf', 'knn');
  return {
    ...attributes.fitted(kind, X_.width),
    classes_,
    label_distributions_: distributions.values,
    kernel:
      name === 'rbf'
        ? { name, gamma: attributes.get('gamma').number(), X_ }
        : {
            name,
            n_neighbors: attributes.get('n_neighbors').integer(1),
            index: readNeighbourIndex(new Attributes(attributes.get('nn_fit'))),
          },
  };
}
