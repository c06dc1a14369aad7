// Turns keys of dicts and items of sets into texts that are the same whenever Python holds two of them for equal.
import { isSaved } from '../is-saved.js';
import { hostile, malformed } from '../refuse.js';
import type { Saved } from '../saved.js';
import { kindOf } from './kinds.js';
import { latin1 } from './pickle-bytes.js';

const WHERE = 'the keys of a dict or the items of a set';
const MOST_PARTS = 10_000;
const DEEPEST = 100;

export class KeyTokens {
  readonly #numbers = new Map<object, number>();
  #unequal = 0;

  of(key: Saved): string {
    return typeof key === 'string' ? `"${key}` : this.#write(key, { left: MOST_PARTS }, 0);
  }

  #write(key: Saved, parts: { left: number }, depth: number): string {
    parts.left -= 1;
    if (parts.left < 0 || depth > DEEPEST) throw hostile(WHERE, 'a tuple of tuples', `at most ${MOST_PARTS} parts`);
    if (isSaved(key, 'tuple')) return `(${key.items.map((item) => this.#write(item, parts, depth + 1)).join(',')})`;
    if (typeof key === 'string') return JSON.stringify(key);
    if (typeof key === 'number') return this.#float(key);
    if (typeof key === 'bigint' || typeof key === 'boolean') return `i${BigInt(key)}`;
    if (key instanceof Uint8Array) return `b${JSON.stringify(latin1(key))}`;
    if (isSaved(key, 'name')) return `n${key.module}.${key.name}`;
    if (isSaved(key, 'list') || isSaved(key, 'dict') || (isSaved(key, 'array') && key.shape.length > 0))
      throw malformed(WHERE, `a key of the kind ${kindOf(key)}`, 'values that do not change');
    return key === null ? 'None' : this.#identity(key);
  }

  /** A whole float equals the int. No NaN equals another. */
  #float(key: number): string {
    if (Number.isNaN(key)) this.#unequal += 1;
    if (Number.isInteger(key)) return `i${BigInt(key)}`;
    return Number.isNaN(key) ? `NaN${this.#unequal}` : `f${key}`;
  }

  #identity(key: object): string {
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return `o${number}`;
  }
}
