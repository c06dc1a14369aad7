// Turns the parameter `missing_values` of an imputer of Python into what stands for a missing value.
import type { MissingValue } from '../../estimators/impute/missing-mask.js';
import type { Attributes } from '../attributes.js';

export function readMissingValue(attributes: Attributes): MissingValue {
  const value = attributes.get('missing_values');
  if (value.isNone) return null;
  return value.isText ? value.text() : value.number();
}
