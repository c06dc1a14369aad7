// Turns every class of sklearn.feature_extraction into how it is read from what Python saved.
import type { FEATURE_EXTRACTION } from '../../estimators/feature-extraction/table.js';
import type { ReaderRow, ReadersOf } from '../reader.js';
import { readFeatureHasher, readHashingVectorizer } from './read-hashers.js';
import { readCountVectorizer, readDictVectorizer, readTfidfTransformer } from './read-vectorizers.js';

const TEXT = ['sklearn.feature_extraction.text'];

const counts = (kind: 'CountVectorizer' | 'TfidfVectorizer'): ReaderRow => ({
  modules: TEXT,
  read: (attributes) => readCountVectorizer(kind, attributes),
});

export const FEATURE_EXTRACTION_READERS = {
  CountVectorizer: counts('CountVectorizer'),
  TfidfVectorizer: counts('TfidfVectorizer'),
  TfidfTransformer: { modules: TEXT, read: readTfidfTransformer },
  HashingVectorizer: { modules: TEXT, read: readHashingVectorizer },
  FeatureHasher: {
    modules: ['sklearn.feature_extraction._hash', 'sklearn.feature_extraction._hashing'],
    read: readFeatureHasher,
  },
  DictVectorizer: { modules: ['sklearn.feature_extraction._dict_vectorizer'], read: readDictVectorizer },
} satisfies ReadersOf<typeof FEATURE_EXTRACTION>;
