// Turns what Python saved of a class that makes columns by a hash into its value.
import type { FeatureHasher, HashingVectorizer } from '../../estimators/feature-extraction/hashing.js';
import type { Attributes } from '../attributes.js';
import { readDtype } from '../read-dtype.js';
import { readAnalyzer } from './read-analyzer.js';

/** Columns beyond this are refused; scikit-learn's own default is 2^20. */
const MOST_FEATURES = 2 ** 31 - 1;

function readHashing(attributes: Attributes): { n_features: number; alternate_sign: boolean } {
  const width = attributes.get('n_features');
  const n_features = width.integer(1);
  if (n_features > MOST_FEATURES) width.fail(`at most ${MOST_FEATURES} columns`);
  return { n_features, alternate_sign: attributes.get('alternate_sign').flag() };
}

export function readHashingVectorizer(attributes: Attributes): HashingVectorizer {
  return {
    ...attributes.fitted('HashingVectorizer', 1),
    ...readHashing(attributes),
    analyzer: readAnalyzer(attributes),
    binary: attributes.get('binary').flag(),
    norm: attributes.maybe('norm')?.choice('l1', 'l2') ?? null,
    dtype: readDtype(attributes.maybe('dtype')),
  };
}

export function readFeatureHasher(attributes: Attributes): FeatureHasher {
  const input_type = attributes.get('input_type').choice('dict', 'pair', 'string');
  return {
    ...attributes.fitted('FeatureHasher', 1),
    ...readHashing(attributes),
    input_type,
    dtype: readDtype(attributes.maybe('dtype')),
  };
}
