// Turns the parameters of a tree into whether scikit-learn takes missing values with it, as the version that saved it says.
import type { Attributes } from '../attributes.js';

const CRITERIA = ['gini', 'log_loss', 'entropy', 'squared_error', 'friedman_mse', 'poisson'];

export function allowsNan(tree: Attributes): boolean {
  const splitter = tree.maybe('splitter')?.text() ?? '';
  if (!splittersOf(tree).includes(splitter)) return false;
  if (!tree.isBefore(1, 9)) return true;
  return CRITERIA.includes(tree.maybe('criterion')?.text() ?? '') && tree.maybe('monotonic_cst') === null;
}

/** The splitters that know missing values. */
function splittersOf(tree: Attributes): readonly string[] {
  if (tree.isBefore(1, 3)) return [];
  if (tree.kind.startsWith('ExtraTree')) return tree.isBefore(1, 6) ? [] : ['random'];
  return tree.isBefore(1, 6) ? ['best'] : ['best', 'random'];
}
