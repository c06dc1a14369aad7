// Turns what Python saved of a RANSACRegressor into its value.
import type { RansacRegressor } from '../../estimators/linear-model/ransac-regressor.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';

export function readRansacRegressor(attributes: Attributes, read: ReadPart): RansacRegressor {
  return { ...attributes.fitted('RANSACRegressor'), estimator_: read(attributes.get('estimator_')) };
}
