// Turns what Python saved of an IsotonicRegression into its value.
import type { IsotonicRegression } from '../../estimators/calibration/isotonic-regression.js';
import type { Attributes } from '../attributes.js';

/** Before version 0.24 the thresholds had other names. */
export function readIsotonicRegression(attributes: Attributes): IsotonicRegression {
  const given = attributes.maybe('X_thresholds_') ?? attributes.get('_necessary_X_');
  const x = given.vector();
  const y = (attributes.maybe('y_thresholds_') ?? attributes.get('_necessary_y_')).vector(x.length);
  if (x.length === 0 || x.some((value, i) => Number.isNaN(value) || (i > 0 && !(value > x[i - 1]!))))
    given.fail('thresholds that rise');
  return {
    kind: 'IsotonicRegression',
    featuresIn: { count: 1 },
    dtype: given.isFloat32 ? 'float32' : 'float64',
    X_thresholds_: x,
    y_thresholds_: y,
    out_of_bounds: attributes.get('out_of_bounds').choice('nan', 'clip', 'raise'),
  };
}
