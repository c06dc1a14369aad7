// Turns texts into how often each term of a vocabulary occurs in them, weighted or not (CountVectorizer, TfidfVectorizer).
import type { Fitted } from '../fitted.js';
import type { Frame } from '../frame.js';
import { frameOfCsr } from '../frame-of-matrix.js';
import { countRows } from './count-rows.js';
import { documentColumn } from './document-column.js';
import { type Analyzer, termsOf } from './text/analyzer.js';
import { type Tfidf, weighTerms } from './tfidf-transformer.js';

export interface CountVectorizer<Kind extends string = 'CountVectorizer'> extends Fitted<Kind> {
  readonly analyzer: Analyzer;
  readonly vocabulary_: ReadonlyMap<string, number>;
  /** The number of columns that it makes. */
  readonly width: number;
  /** Each term counts once. */
  readonly binary: boolean;
  /** Null: counts as they are. */
  readonly tfidf: Tfidf | null;
}

export function transformCountVectorizer(model: CountVectorizer<string>, frame: Frame): Frame {
  const { analyzer, vocabulary_, width, binary, tfidf } = model;
  const texts = documentColumn(frame, model.kind === 'CountVectorizer' ? 'count_vectorizer' : 'tfidf_vectorizer');
  const counts = countRows(texts.length, width, (row, add) => {
    for (const term of termsOf(analyzer, texts[row]!)) {
      const column = vocabulary_.get(term);
      if (column !== undefined) add(column, 1);
    }
  });
  const ones = binary ? counts.data.map(() => 1) : counts.data;
  const made = { ...counts, data: model.dtype === 'float32' ? Float32Array.from(ones) : ones };
  return frameOfCsr(texts.length, tfidf === null ? made : weighTerms(made, tfidf));
}
