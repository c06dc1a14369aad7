// Turns what Python saved of a class that makes columns of texts or records into its value.
import type { CountVectorizer } from '../../estimators/feature-extraction/count-vectorizer.js';
import type { DictVectorizer } from '../../estimators/feature-extraction/dict-vectorizer.js';
import type { Tfidf, TfidfTransformer } from '../../estimators/feature-extraction/tfidf-transformer.js';
import { Attributes } from '../attributes.js';
import { isSaved } from '../is-saved.js';
import { readDtype } from '../read-dtype.js';
import type { Value } from '../value.js';
import { readAnalyzer } from './read-analyzer.js';

function readVocabulary(value: Value): { vocabulary_: Map<string, number>; width: number } {
  const entries = value.entries();
  const vocabulary_ = new Map(
    entries.map(([term, place]): [string, number] => {
      const column = place.integer(0);
      return [term.text(), column < entries.length ? column : place.fail(`a place below ${entries.length}`)];
    }),
  );
  return { vocabulary_, width: entries.length };
}

export function readCountVectorizer<Kind extends 'CountVectorizer' | 'TfidfVectorizer'>(
  kind: Kind,
  attributes: Attributes,
): CountVectorizer<Kind> {
  const known = readVocabulary(attributes.get('vocabulary_'));
  const tfidf = kind === 'TfidfVectorizer' ? readTfidf(new Attributes(attributes.get('_tfidf')), known.width) : null;
  return {
    ...attributes.fitted(kind, 1),
    ...known,
    analyzer: readAnalyzer(attributes),
    binary: attributes.get('binary').flag(),
    tfidf,
    dtype: readDtype(attributes.maybe('dtype')),
  };
}

/** Before version 1.6 the weights were a diagonal matrix. */
function readTfidf(attributes: Attributes, width: number): Tfidf {
  const isUsed = attributes.get('use_idf').flag();
  return {
    norm: attributes.maybe('norm')?.choice('l1', 'l2') ?? null,
    sublinear_tf: attributes.get('sublinear_tf').flag(),
    idf_: isUsed ? idfOf(attributes, width) : null,
  };
}

function idfOf(attributes: Attributes, width: number): Float64Array {
  const old = attributes.maybe('_idf_diag');
  if (old && isSaved(old.saved, 'object')) {
    const diagonal = new Attributes(old).get('data');
    const { shape, values } = diagonal.numbers();
    return shape.at(-1) === width && values.length === width ? values : diagonal.fail(`${width} weights`);
  }
  return (attributes.maybe('idf_') ?? attributes.get('_idf_')).vector(width);
}

export function readTfidfTransformer(attributes: Attributes): TfidfTransformer {
  const width = attributes.maybe('n_features_in_')?.integer(0) ?? idfWidth(attributes);
  return { ...attributes.fitted('TfidfTransformer', width), ...readTfidf(attributes, width) };
}

const idfWidth = (attributes: Attributes): number => attributes.get('idf_').vector().length;

export function readDictVectorizer(attributes: Attributes): DictVectorizer {
  const separator = attributes.get('separator').text();
  return {
    ...attributes.fitted('DictVectorizer', 1),
    ...readVocabulary(attributes.get('vocabulary_')),
    separator,
    dtype: readDtype(attributes.maybe('dtype')),
  };
}
