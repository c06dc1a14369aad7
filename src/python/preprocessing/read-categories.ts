// Turns the categories that an encoder of Python learned into ours: text, numbers (False is 0), NaN and None.
import type { Categories } from '../../estimators/preprocessing/category-places.js';
import type { Attributes } from '../attributes.js';
import type { Value } from '../value.js';

/** [features][categories], at least one feature. */
export function readCategories(attributes: Attributes): Categories[] {
  return attributes
    .get('categories_')
    .items()
    .map((own) => own.items().map(categoryOf));
}

function categoryOf(value: Value): string | number | null {
  if (value.isNone) return null;
  return value.isText ? value.text() : value.number();
}

/** [features]: the group of each category, null where none is rare; undefined if no column has rare ones. */
export function readGroups(attributes: Attributes, lengths: readonly number[]): (Int32Array | null)[] | undefined {
  const groups = attributes.maybe('_default_to_infrequent_mappings');
  const enabled = attributes.maybe('_infrequent_enabled')?.flag() ?? false;
  if (groups === null || !enabled) return undefined;
  const items = groups.items();
  if (items.length !== lengths.length) return groups.fail(`a list of ${lengths.length}`);
  return items.map((own, j) => (own.isNone ? null : own.places(lengths[j]!, lengths[j]!)));
}
