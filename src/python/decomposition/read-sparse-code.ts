// Turns what Python saved of a class that codes rows with a dictionary into its value.
import type { SparseCode } from '../../estimators/decomposition/sparse-code.js';
import { productOf, transposed } from '../../estimators/linear-algebra/product.js';
import type { Attributes } from '../attributes.js';
import { readRounds } from './read-rounds.js';

type Kind = 'SparseCoder' | 'DictionaryLearning' | 'MiniBatchDictionaryLearning';

export function readSparseCode<K extends Kind>(kind: K, attributes: Attributes): SparseCode<K> {
  const value = attributes.get(kind === 'SparseCoder' ? 'dictionary' : 'components_');
  const { rows: atoms, width, values: dictionary } = value.matrix();
  if (atoms === 0) value.fail('at least one atom');
  const rounds = attributes.maybe('transform_max_iter');
  const algorithm = attributes.get('transform_algorithm').choice('lasso_lars', 'lasso_cd', 'lars', 'omp', 'threshold');
  return {
    ...attributes.fitted(kind, width),
    dictionary,
    atoms,
    gram: productOf(dictionary, transposed(dictionary, atoms, width), width, atoms),
    transform_algorithm: algorithm,
    regularization:
      algorithm === 'omp' || algorithm === 'lars' ? atomsAtMost(attributes, width, atoms) : penaltyOf(kind, attributes),
    transform_max_iter: rounds ? readRounds(rounds, 0) : 1000,
    positive_code: attributes.maybe('positive_code')?.flag() ?? false,
    split_sign: attributes.maybe('split_sign')?.flag() ?? false,
    screening: !attributes.isBefore(1, 8),
  };
}

function atomsAtMost(attributes: Attributes, width: number, atoms: number): number {
  const given = attributes.maybe('transform_n_nonzero_coefs');
  const count = given?.integer(1) ?? Math.floor(Math.min(Math.max(width / 10, 1), atoms));
  return count > atoms ? given!.fail(`at most the ${atoms} atoms of the dictionary`) : count;
}

/** Since scikit-learn 1.2 the penalty of the fit stands in for one that is not given. */
function penaltyOf(kind: Kind, attributes: Attributes): number {
  const fitted = kind === 'SparseCoder' || attributes.isBefore(1, 2) ? null : attributes.maybe('alpha');
  const value = attributes.maybe('transform_alpha') ?? fitted;
  const penalty = value?.number() ?? 1;
  return penalty >= 0 ? penalty : value!.fail('a number from zero on');
}
