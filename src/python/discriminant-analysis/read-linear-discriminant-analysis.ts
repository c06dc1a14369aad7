// Turns what Python saved of a LinearDiscriminantAnalysis into its value.
import type { LinearDiscriminantAnalysis } from '../../estimators/discriminant-analysis/linear-discriminant-analysis.js';
import type { Attributes } from '../attributes.js';
import { readLinearClassifier } from '../linear-model/read-linear-classifier.js';

export function readLinearDiscriminantAnalysis(attributes: Attributes): LinearDiscriminantAnalysis {
  const model = readLinearClassifier('LinearDiscriminantAnalysis', attributes);
  return { ...model, projection: readProjection(attributes, model.coef_.length / model.intercept_.length) };
}

function readProjection(attributes: Attributes, features: number): LinearDiscriminantAnalysis['projection'] {
  const solver = attributes.get('solver').choice('svd', 'lsqr', 'eigen');
  if (solver === 'lsqr') return null;
  const { values, width } = attributes.get('scalings_').matrix(undefined, features);
  return {
    xbar_: solver === 'svd' ? attributes.get('xbar_').vector(features) : null,
    scalings_: values,
    width,
    components: Math.min(width, attributes.get('_max_components').integer(0)),
  };
}
