// Turns every class of sklearn.feature_extraction into how it is evaluated.
import type { Rows } from '../evaluator.js';
import { type CountVectorizer, transformCountVectorizer } from './count-vectorizer.js';
import { type DictVectorizer, transformDictVectorizer } from './dict-vectorizer.js';
import {
  type FeatureHasher,
  type HashingVectorizer,
  transformFeatureHasher,
  transformHashingVectorizer,
} from './hashing.js';
import { type TfidfTransformer, transformTfidf } from './tfidf-transformer.js';

export const FEATURE_EXTRACTION = {
  CountVectorizer: { role: 'transformer', anyWidth: true, transform: transformCountVectorizer },
  TfidfVectorizer: { role: 'transformer', anyWidth: true, transform: transformCountVectorizer },
  TfidfTransformer: { role: 'transformer', transform: transformTfidf },
  HashingVectorizer: { role: 'transformer', anyWidth: true, transform: transformHashingVectorizer },
  FeatureHasher: { role: 'transformer', anyWidth: true, transform: transformFeatureHasher },
  DictVectorizer: { role: 'transformer', anyWidth: true, transform: transformDictVectorizer },
} satisfies Rows<
  | CountVectorizer
  | CountVectorizer<'TfidfVectorizer'>
  | TfidfTransformer
  | HashingVectorizer
  | FeatureHasher
  | DictVectorizer
>;
