// Turns columns into a fitted one-hot encoder: the sorted categories of each.
import type { Frame } from '../../estimators/frame.js';
import { missingCategory } from '../../estimators/preprocessing/category-errors.js';
import type { OneHotEncoder } from '../../estimators/preprocessing/one-hot-encoder.js';
import { fittedOn } from '../fitted-on.js';
import { categoriesOf } from './categories.js';

/** More dense 0/1 columns than this would fill the memory and teach little. */
const MOST_CATEGORIES = 10_000;

export function fitOneHotEncoder(
  frame: Frame,
  params: { readonly handle_unknown: 'error' | 'ignore'; readonly drop: 'first' | 'if_binary' | null },
): OneHotEncoder {
  const categories = frame.columns.map((column, j) =>
    categoriesOf(
      column,
      'one_hot_encoder',
      (row) => missingCategory('one_hot_encoder', frame, j, row),
      MOST_CATEGORIES,
    ),
  );
  const { drop } = params;
  return {
    kind: 'OneHotEncoder',
    ...fittedOn(frame),
    categories_: categories,
    handle_unknown: params.handle_unknown,
    drop_idx_: drop === null ? null : categories.map(({ length }) => (drop === 'first' || length === 2 ? 0 : null)),
  };
}
