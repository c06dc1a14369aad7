// Turns what Python saved of a linear regressor into its value.
import type { GlmRegressor } from '../../estimators/linear-model/glm-regressor.js';
import type { LinearRegressor } from '../../estimators/linear-model/linear-regression.js';
import type { Attributes } from '../attributes.js';
import { readCoefficients, readIntercepts } from './read-coefficients.js';

/** `coef_` is [features], or [targets, features]; `intercept_` is a number or [targets]. */
export function readLinearRegressor<Kind extends string>(kind: Kind, attributes: Attributes): LinearRegressor<Kind> {
  const { values, rows, width, dtype } = readCoefficients(attributes.get('coef_'));
  const intercept = readIntercepts(attributes.get('intercept_'), rows ?? 1);
  return {
    ...attributes.fitted(kind, width),
    dtype,
    coef_: values,
    intercept_: rows === null ? intercept[0]! : intercept,
  };
}

export function readGlmRegressor<Kind extends string>(kind: Kind, attributes: Attributes): GlmRegressor<Kind> {
  return {
    ...readLinearRegressor(kind, attributes),
    link: kind === 'TweedieRegressor' ? tweedieLink(attributes) : 'log',
  };
}

/** 'auto' is by the power of the distribution. */
function tweedieLink(attributes: Attributes): 'identity' | 'log' {
  const link = attributes.get('link').choice('auto', 'identity', 'log');
  if (link !== 'auto') return link;
  return attributes.get('power').number() <= 0 ? 'identity' : 'log';
}
