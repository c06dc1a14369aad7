// Turns what Python saved of a KNNImputer into its value.
import type { KNNImputer } from '../../estimators/impute/knn-imputer.js';
import { nanRowsOf } from '../../estimators/impute/nan-euclidean.js';
import type { Attributes } from '../attributes.js';
import { readIndicatorOf } from './read-missing-indicator.js';

export function readKNNImputer(attributes: Attributes): KNNImputer {
  attributes.get('metric').choice('nan_euclidean');
  const { width, values } = attributes.get('_fit_X').matrix();
  const missing = attributes.get('missing_values').number();
  const weights = attributes.get('weights').choice('uniform', 'distance');
  return {
    ...attributes.fitted('KNNImputer', width),
    missing_values: missing,
    n_neighbors: attributes.get('n_neighbors').integer(1),
    weights,
    counts_unknown: weights === 'uniform' && attributes.isBefore(1, 6),
    keep_empty_features: attributes.maybe('keep_empty_features')?.flag() ?? false,
    indicator_: readIndicatorOf(attributes, width),
    fit: nanRowsOf(values, width, missing),
  };
}
