// How a CSV file is written: its delimiter, decimal mark, encoding, words for missing values and quotes, each with its rule.
import { encodingNamed } from './encodings.js';

export interface Dialect {
  readonly delimiter: string;
  readonly decimal: '.' | ',';
  /** As TextDecoder calls it, `latin1`, or `utf-16` (the byte order mark decides). */
  readonly encoding: string;
  /** Words that stand for a missing value, besides the empty cell. */
  readonly missingValues: readonly string[];
  /** Null: a quote is a character like any other. */
  readonly quote: string | null;
}

export const USUAL_DIALECT: Dialect = {
  delimiter: ',',
  decimal: '.',
  encoding: 'utf-8',
  missingValues: [],
  quote: '"',
};

interface Rule<Value> {
  readonly expected: string;
  /** Undefined: not a valid value. */
  readonly read: (value: unknown) => Value | undefined;
}

/** Characters that can be part of a cell: numbers, words, quotes and line ends cannot be told from a delimiter. */
const IN_CELLS = /[A-Za-z0-9."'+\r\n-]/;
const isAscii = (text: string): boolean => text.length === 1 && text <= '\x7f';
const isWord = (word: unknown): word is string => typeof word === 'string' && word !== '' && word.length <= 1000;

/** What a value may be, for flags and recipes. */
export const DIALECT_RULES = {
  delimiter: {
    expected: 'one ASCII character that is not a letter, digit, point, sign, quote or line end',
    read: (value) => {
      const text = value === '\\t' || value === 'tab' ? '\t' : value;
      return typeof text === 'string' && isAscii(text) && !IN_CELLS.test(text) ? text : undefined;
    },
  } satisfies Rule<string>,
  decimal: {
    expected: 'a point or a comma',
    read: (value) => (value === '.' || value === ',' ? value : undefined),
  } satisfies Rule<'.' | ','>,
  encoding: {
    expected: 'the name of an encoding, such as utf-8, utf-16, windows-1252 or latin1',
    read: (value) => (typeof value === 'string' ? (encodingNamed(value) ?? undefined) : undefined),
  } satisfies Rule<string>,
  missingValues: {
    expected: 'a list of different words',
    read: (value) =>
      Array.isArray(value) && value.every(isWord) && new Set(value).size === value.length
        ? (value as string[])
        : undefined,
  } satisfies Rule<readonly string[]>,
  quote: {
    expected: `" or ' or another ASCII mark that is not a letter, digit, blank or line end; or none`,
    read: (value) => {
      if (value === 'none' || value === null) return null;
      return typeof value === 'string' && isAscii(value) && !/[A-Za-z0-9\s.,+-]/.test(value) ? value : undefined;
    },
  } satisfies Rule<string | null>,
} as const;
