// Turns what Python saved of an IterativeImputer into its value.
import type { IterativeImputer } from '../../estimators/impute/iterative-imputer.js';
import type { SimpleImputer } from '../../estimators/impute/simple-imputer.js';
import { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import type { ReadPart } from '../reader.js';
import { Value } from '../value.js';
import { readIndicatorOf } from './read-missing-indicator.js';
import { readSimpleImputer } from './read-simple-imputer.js';

export function readIterativeImputer(attributes: Attributes, read: ReadPart): IterativeImputer {
  // it draws random numbers when it transforms
  if (attributes.get('sample_posterior').flag()) attributes.get('sample_posterior').unknown('False');
  const initial = readInitial(attributes.get('initial_imputer_'));
  const width = initial.statistics_.length;
  const keeps = attributes.maybe('keep_empty_features')?.flag() ?? false;
  // before scikit-learn 1.6, it predicted what is not missing too
  if (keeps && attributes.isBefore(1, 6))
    attributes.get('keep_empty_features').unknown('False, before scikit-learn 1.6');
  const empty = emptyOf(attributes, initial);
  const kept = Int32Array.from({ length: width }, (_, j) => j).filter((j) => keeps || empty[j] === 0);
  const expected = initial.statistics_.filter((own) => initial.keep_empty_features || !Number.isNaN(own)).length;
  if (kept.length !== expected) attributes.get('initial_imputer_').fail(`an imputer that keeps ${kept.length} columns`);
  const rounds = attributes.get('n_iter_').integer(0);
  const limit = (name: string) =>
    rounds === 0 ? new Float64Array(kept.length) : attributes.get(name).vector(kept.length);
  return {
    ...attributes.fitted('IterativeImputer', width),
    missing_values: attributes.get('missing_values').number(),
    initial_imputer_: initial,
    kept,
    guessed: Uint8Array.from(kept, (j) => empty[j]!),
    imputation_sequence_: attributes
      .get('imputation_sequence_')
      .items()
      .map((triplet) => readTriplet(triplet, kept.length, read)),
    n_iter_: rounds,
    min_value: limit('_min_value'),
    max_value: limit('_max_value'),
    indicator_: readIndicatorOf(attributes, width),
  };
}

function readInitial(value: Value): SimpleImputer {
  const inner = new Attributes(value);
  return inner.kind === 'SimpleImputer' ? readSimpleImputer(inner) : value.fail('a SimpleImputer');
}

/** [features]: 1 for a column without any value in the training data; versions before 1.6 tell it by the first guess alone. */
function emptyOf(attributes: Attributes, { statistics_ }: SimpleImputer): Float64Array {
  const known = attributes.maybe('_is_empty_feature');
  return known?.vector(statistics_.length) ?? Float64Array.from(statistics_, (own) => Number(Number.isNaN(own)));
}

/** A named tuple: the column, the columns that it is predicted from, and what predicts it. */
function readTriplet(value: Value, width: number, read: ReadPart) {
  const { saved, where } = value;
  const isObject = isSaved(saved, 'object');
  const items = isObject ? saved.args.map((item, i) => new Value(item, `${where}[${i}]`)) : value.items();
  const [column, neighbours, estimator] = items;
  if (!column || !neighbours || !estimator) return value.fail('a column, its neighbours and an estimator');
  const place = column.integer(0);
  return {
    feat_idx: place < width ? place : column.fail(`a column below ${width}`),
    neighbor_feat_idx: neighbours.places(width),
    estimator: read(estimator),
  };
}
