// Turns what Python saved of a SimpleImputer into its value.
import type { SimpleImputer } from '../../estimators/impute/simple-imputer.js';
import type { Attributes } from '../attributes.js';
import { readIndicatorOf } from './read-missing-indicator.js';
import { readMissingValue } from './read-missing-value.js';

export function readSimpleImputer(attributes: Attributes): SimpleImputer {
  const statistics = attributes
    .get('statistics_')
    .items()
    .map((value) => (value.isText ? value.text() : value.number()));
  const strategy = attributes.get('strategy').choice('mean', 'median', 'most_frequent', 'constant');
  const keeps = attributes.maybe('keep_empty_features')?.flag() ?? false;
  return {
    ...attributes.fitted('SimpleImputer', statistics.length),
    strategy,
    statistics_: statistics,
    // a constant filled empty columns too, before scikit-learn 1.8
    keep_empty_features: keeps || (strategy === 'constant' && attributes.isBefore(1, 8)),
    missing_values: readMissingValue(attributes),
    indicator_: readIndicatorOf(attributes, statistics.length),
  };
}
