// Turns what Python saved of an AdaBoost into its value.
import type { AdaBoostClassifier } from '../../estimators/ensemble/ada-boost-classifier.js';
import type { AdaBoostRegressor } from '../../estimators/ensemble/ada-boost-regressor.js';
import { pairwiseSum } from '../../estimators/pairwise-sum.js';
import type { Attributes } from '../attributes.js';
import { readParts } from '../read-parts.js';
import type { ReadPart } from '../reader.js';

export function readAdaBoostClassifier(attributes: Attributes, read: ReadPart): AdaBoostClassifier {
  const classes = attributes.get('classes_').labels();
  const algorithm = attributes.maybe('algorithm');
  // the parameter has no meaning since 1.6, and may say that it is deprecated
  const isReal = attributes.isBefore(1, 6) && algorithm?.choice('SAMME', 'SAMME.R') === 'SAMME.R';
  const all = attributes.get('estimator_weights_').vector();
  return {
    ...attributes.fitted('AdaBoostClassifier'),
    classes_: classes,
    ...readWeighted(attributes, read, all),
    weights: pairwiseSum(all),
    algorithm: isReal ? 'SAMME.R' : attributes.isBefore(1, 3) ? 'SAMME before 1.3' : 'SAMME',
  };
}

export function readAdaBoostRegressor(attributes: Attributes, read: ReadPart): AdaBoostRegressor {
  const all = attributes.get('estimator_weights_').vector();
  return { ...attributes.fitted('AdaBoostRegressor'), ...readWeighted(attributes, read, all) };
}

/** Boosting that ended early leaves weights without an estimator. */
function readWeighted(attributes: Attributes, read: ReadPart, weights: Float64Array) {
  const estimators = readParts(attributes.get('estimators_'), read);
  if (weights.length < estimators.length) attributes.get('estimator_weights_').fail(`${estimators.length} numbers`);
  return { estimators_: estimators, estimator_weights_: weights.slice(0, estimators.length) };
}
