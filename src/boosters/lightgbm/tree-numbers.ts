// Asks the lines of one tree for numbers, so many as are expected.
import type { Refuse } from '../refuse.js';
import type { Lines } from './read-lines.js';

const REAL = /^[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)$/i;
const INTEGER = /^-?\d{1,10}$/;

export class TreeNumbers {
  readonly #lines: Lines;
  readonly #tree: string;
  readonly #refuse: Refuse;

  constructor(lines: Lines, tree: string, refuse: Refuse) {
    this.#lines = lines;
    this.#tree = tree;
    this.#refuse = refuse;
  }

  has(key: string): boolean {
    return (this.#lines.get(key) ?? '') !== '';
  }

  /** One whole number, `fallback` if the line is missing. */
  count(key: string, fallback?: number): number {
    const text = this.#lines.get(key);
    if (text === undefined && fallback !== undefined) return fallback;
    if (text === undefined || !/^\d{1,10}$/.test(text)) throw this.#bad(key, `is ${said(text)}, expected a count`);
    return Number(text);
  }

  integers(key: string, length: number): Int32Array {
    const words = this.#words(key, length);
    const found = new Int32Array(length);
    for (let i = 0; i < length; i++) {
      found[i] = Number(words[i]);
      if (!INTEGER.test(words[i]!) || found[i] !== Number(words[i]))
        throw this.#bad(key, `has ${said(words[i])}, expected an integer`);
    }
    return found;
  }

  unsigned(key: string, length: number): Uint32Array {
    const words = this.#words(key, length);
    const found = new Uint32Array(length);
    for (let i = 0; i < length; i++) {
      found[i] = Number(words[i]);
      if (!INTEGER.test(words[i]!) || found[i] !== Number(words[i]))
        throw this.#bad(key, `has ${said(words[i])}, expected 32 bits`);
    }
    return found;
  }

  numbers(key: string, length: number): Float64Array {
    const words = this.#words(key, length);
    const found = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const word = words[i]!;
      if (!REAL.test(word)) throw this.#bad(key, `has ${said(word)}, expected a number`);
      found[i] = /[a-df-z]/i.test(word) ? special(word) : Number(word);
    }
    return found;
  }

  #words(key: string, length: number): string[] {
    const text = this.#lines.get(key);
    if (text === undefined) throw this.#bad(key, 'is missing');
    // A number and its space take two characters, so a length that is not true is seen before anything is allocated.
    if (length * 2 - 1 > text.length) throw this.#bad(key, `has ${text.length} characters for ${length} numbers`);
    const words = text.split(' ').filter((word) => word !== '');
    if (words.length !== length) throw this.#bad(key, `has ${words.length} numbers, expected ${length}`);
    return words;
  }

  #bad(key: string, say: string) {
    return this.#refuse.malformed(`${this.#tree}: ${key} ${say}`);
  }
}

const said = (word: string | undefined): string => (word === undefined ? 'missing' : JSON.stringify(word.slice(0, 40)));

function special(word: string): number {
  if (/nan/i.test(word)) return Number.NaN;
  return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
