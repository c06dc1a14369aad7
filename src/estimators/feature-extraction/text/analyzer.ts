// Turns a text into its terms, as scikit-learn's vectorizers analyse it (sklearn.feature_extraction.text).
import { MlctlError } from '../../../errors/error.js';
import { stripAccents } from './strip-accents.js';

export interface Analyzer {
  readonly analyzer: 'word' | 'char' | 'char_wb';
  readonly lowercase: boolean;
  readonly strip_accents: 'ascii' | 'unicode' | null;
  readonly stop_words: ReadonlySet<string> | null;
  readonly ngram_range: readonly [number, number];
  /** `token_pattern`; the group to take if it has one, else the whole match. */
  readonly tokens: { readonly pattern: RegExp; readonly group: 0 | 1 };
}

/** Terms of one text; they are kept at once. */
const MOST_TERMS = 5_000_000;

const SPACES = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;

export function termsOf(analyzer: Analyzer, text: string): string[] {
  const lower = analyzer.lowercase ? text.toLowerCase() : text;
  const plain = analyzer.strip_accents === null ? lower : stripAccents(lower, analyzer.strip_accents);
  switch (analyzer.analyzer) {
    case 'word':
      return wordTerms(analyzer, plain);
    case 'char':
      return charTerms(analyzer.ngram_range, Array.from(shortSpaces(plain)));
    case 'char_wb':
      return shortSpaces(plain)
        .split(SPACES)
        .filter((word) => word !== '')
        .flatMap((word) => paddedTerms(analyzer.ngram_range, Array.from(` ${word} `)));
  }
}

/** Two or more spaces of any kind become one. */
const shortSpaces = (text: string): string => text.replace(SPACES, (spaces) => (spaces.length > 1 ? ' ' : spaces));

function wordTerms({ tokens, stop_words, ngram_range: [least, most] }: Analyzer, text: string): string[] {
  const found = Array.from(text.matchAll(tokens.pattern), (match) => match[tokens.group] ?? '');
  const words = stop_words === null ? found : found.filter((word) => !stop_words.has(word));
  if (most === 1) return words;
  refuseMany(least, Math.min(most, words.length), words.length);
  const terms: string[] = [];
  for (let n = least; n <= Math.min(most, words.length); n++)
    for (let i = 0; i + n <= words.length; i++) terms.push(words.slice(i, i + n).join(' '));
  // scikit-learn keeps single words even of a text that is shorter than a term
  return least === 1 && words.length === 0 ? [] : terms;
}

function charTerms([least, most]: readonly [number, number], chars: readonly string[]): string[] {
  refuseMany(least, Math.min(most, chars.length), chars.length);
  const terms: string[] = [];
  for (let n = least; n <= Math.min(most, chars.length); n++)
    for (let i = 0; i + n <= chars.length; i++) terms.push(chars.slice(i, i + n).join(''));
  return terms;
}

/** Counts a term by its length, too. */
function refuseMany(least: number, most: number, length: number): void {
  if ((most - least + 1) * length * (1 + most / 20) <= MOST_TERMS) return;
  throw new MlctlError(
    'MODEL_UNSUPPORTED',
    `a text of ${length} words or characters has too many terms of ${least} to ${most}`,
    {
      hint: 'cut the text, or fit the vectorizer with a smaller ngram_range',
    },
  );
}

/** A word that is shorter than a term is counted once. */
function paddedTerms([least, most]: readonly [number, number], chars: readonly string[]): string[] {
  refuseMany(least, Math.min(most, chars.length), chars.length);
  const terms: string[] = [];
  for (let n = least; n <= most; n++) {
    let i = 0;
    terms.push(chars.slice(0, n).join(''));
    while (i + n < chars.length) {
      i++;
      terms.push(chars.slice(i, i + n).join(''));
    }
    if (i === 0) break;
  }
  return terms;
}
