// Turns what Python saved of a linear regressor into its value.
import type { LinearRegressor } from '../../estimators/linear-model/linear-regression.js';
import type { Attributes } from '../attributes.js';

/** `coef_` is [features], or [targets, features]; `intercept_` is a number or [targets]. */
export function readLinearRegressor<Kind extends string>(kind: Kind, attributes: Attributes): LinearRegressor<Kind> {
  const coef = attributes.get('coef_').numbers();
  const intercept = attributes.get('intercept_').numbers().values;
  if (coef.shape.length === 1)
    return { ...attributes.fitted(kind, coef.values.length), coef_: coef.values, intercept_: intercept[0] ?? 0 };
  const [targets, width] = coef.shape.length === 2 ? coef.shape : attributes.get('coef_').fail('one or two dimensions');
  return {
    ...attributes.fitted(kind, width),
    coef_: coef.values,
    // without an intercept it is one zero
    intercept_: intercept.length === targets ? intercept : new Float64Array(targets!).fill(intercept[0] ?? 0),
  };
}
