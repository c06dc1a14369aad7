// Turns what Python saved of a vectorizer into how it analyses a text. Functions of the user's own are refused.
import type { Analyzer } from '../../estimators/feature-extraction/text/analyzer.js';
import { ENGLISH_STOP_WORDS } from '../../estimators/feature-extraction/text/stop-words.js';
import { translatePattern } from '../../estimators/feature-extraction/text/translate-pattern.js';
import type { Attributes } from '../attributes.js';

const MOST_WORDS = 100;

export function readAnalyzer(attributes: Attributes): Analyzer {
  for (const name of ['preprocessor', 'tokenizer']) attributes.maybe(name)?.unknown('None, not a function');
  attributes.get('input').choice('content');
  const analyzer = attributes.get('analyzer').choice('word', 'char', 'char_wb');
  const [least, most] = attributes.get('ngram_range').vector(2);
  if (!(least! >= 1 && most! >= least! && most! <= MOST_WORDS))
    attributes.get('ngram_range').fail(`a range from 1 to ${MOST_WORDS}`);
  return {
    analyzer,
    lowercase: attributes.get('lowercase').flag(),
    strip_accents: attributes.maybe('strip_accents')?.choice('ascii', 'unicode') ?? null,
    stop_words: analyzer === 'word' ? stopWords(attributes) : null,
    ngram_range: [least!, most!],
    tokens: analyzer === 'word' ? tokensOf(attributes) : { pattern: /(?!)/gu, group: 0 },
  };
}

function stopWords(attributes: Attributes): ReadonlySet<string> | null {
  const given = attributes.maybe('stop_words');
  if (given === null) return null;
  if (!given.isText) return new Set(given.texts());
  given.choice('english');
  return ENGLISH_STOP_WORDS;
}

function tokensOf(attributes: Attributes): Analyzer['tokens'] {
  const given = attributes.get('token_pattern');
  const made = translatePattern(given.text());
  if ('unknown' in made) return given.unknown(`a pattern without ${made.unknown}`);
  return {
    pattern: made.pattern,
    group: made.groups === 1 ? 1 : made.groups === 0 ? 0 : given.fail('at most one group'),
  };
}
