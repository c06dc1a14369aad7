// Turns what Python saved of a MissingIndicator into its value, of its own or inside an imputer.
import type { MissingIndicator } from '../../estimators/impute/missing-indicator.js';
import { Attributes } from '../attributes.js';
import { readMissingValue } from './read-missing-value.js';

export function readMissingIndicator(attributes: Attributes): MissingIndicator {
  const width = attributes.get('_n_features').integer(0);
  const sparse = attributes.get('sparse');
  return {
    ...attributes.fitted('MissingIndicator', width),
    missing_values: readMissingValue(attributes),
    features: attributes.get('features').choice('missing-only', 'all'),
    features_: attributes.get('features_').places(width),
    error_on_new: attributes.get('error_on_new').flag(),
    sparse: sparse.isText ? sparse.choice('auto') !== 'auto' : sparse.flag(),
  };
}

/** `indicator_` of an imputer; null unless it has `add_indicator`. */
export function readIndicatorOf(imputer: Attributes, width: number): MissingIndicator | null {
  if (!(imputer.maybe('add_indicator')?.flag() ?? false)) return null;
  const value = imputer.get('indicator_');
  const attributes = new Attributes(value);
  if (attributes.kind !== 'MissingIndicator') return value.fail('a MissingIndicator');
  const indicator = readMissingIndicator(attributes);
  return indicator.features_.every((place) => place < width) ? indicator : value.fail(`columns below ${width}`);
}
