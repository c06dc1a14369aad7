// Turns what Python saved of a OneHotEncoder into its value.
import type { OneHotEncoder } from '../../estimators/preprocessing/one-hot-encoder.js';
import type { Attributes } from '../attributes.js';
import { readDtype } from '../read-dtype.js';
import { readCategories, readGroups } from './read-categories.js';

export function readOneHotEncoder(attributes: Attributes): OneHotEncoder {
  const categories = readCategories(attributes);
  const groups = readGroups(
    attributes,
    categories.map(({ length }) => length),
  );
  // the name that it has had since scikit-learn 1.2
  const sparse = attributes.maybe('sparse_output') ?? attributes.maybe('sparse');
  return {
    ...attributes.fitted('OneHotEncoder', categories.length),
    dtype: readDtype(attributes.maybe('dtype')),
    categories_: categories,
    handle_unknown: attributes.get('handle_unknown').choice('error', 'ignore', 'infrequent_if_exist', 'warn'),
    drop_idx_: readDropped(attributes, categories.length),
    ...(groups ? { default_to_infrequent_mappings: groups } : {}),
    sparse_output: sparse?.flag() ?? true,
  };
}

/** Positions after rare categories are grouped, which have a name of their own since scikit-learn 1.3. */
function readDropped(attributes: Attributes, width: number): (number | null)[] | null {
  const dropped = attributes.maybe('_drop_idx_after_grouping') ?? attributes.maybe('drop_idx_');
  if (dropped === null) return null;
  const items = dropped.items();
  if (items.length !== width) return dropped.fail(`a list of ${width}`);
  return items.map((item) => (item.isNone ? null : item.integer(0)));
}
