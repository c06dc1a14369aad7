// Turns what Python saved of a search, or of a frozen estimator, into its value.
import type { Search } from '../../estimators/model-selection/search.js';
import type { Attributes } from '../attributes.js';
import type { ReadPart } from '../reader.js';

export function readSearch<Kind extends string>(
  kind: Kind,
  attributes: Attributes,
  read: ReadPart,
  attribute = 'best_estimator_',
): Search<Kind> {
  const best = read(attributes.get(attribute));
  return { kind, featuresIn: best.featuresIn, dtype: best.dtype, best_estimator_: best };
}
