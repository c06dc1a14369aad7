// Asks an object of a model file for its fields, by type; whatever is missing or of another type is refused by its path.
import { printable } from '../../text/printable.js';
import type { Refuse } from '../refuse.js';
import type { Value } from './value.js';

type Numbers = ArrayLike<number>;

const isNumbers = (value: Value): value is Exclude<Extract<Value, ArrayLike<unknown>>, string | readonly Value[]> =>
  ArrayBuffer.isView(value);

export class Fields {
  readonly path: string;
  readonly refuse: Refuse;
  readonly #fields: ReadonlyMap<string, Value>;

  constructor(value: Value | undefined, path: string, refuse: Refuse) {
    this.path = path;
    this.refuse = refuse;
    if (!(value instanceof Map))
      throw refuse.malformed(`${path || 'the file'} is ${typeOf(value)}, expected an object`);
    this.#fields = value as ReadonlyMap<string, Value>;
  }

  has(key: string): boolean {
    return this.#fields.has(key);
  }

  get(key: string): Value | undefined {
    return this.#fields.get(key);
  }

  object(key: string): Fields {
    return new Fields(this.get(key), this.#at(key), this.refuse);
  }

  text(key: string): string {
    const value = this.get(key);
    return typeof value === 'string' ? value : this.#wrong(key, 'a text');
  }

  /** XGBoost writes its parameters as text. */
  count(key: string, fallback?: number): number {
    if (fallback !== undefined && !this.has(key)) return fallback;
    const value = this.get(key);
    const number = typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > 2 ** 31 - 1)
      return this.#wrong(key, 'a count');
    return number;
  }

  objects(key: string): Fields[] {
    return this.#list(key).map((value, i) => new Fields(value, `${this.#at(key)}[${i}]`, this.refuse));
  }

  texts(key: string): string[] {
    return this.#list(key).map((value) => (typeof value === 'string' ? value : this.#wrong(key, 'a list of texts')));
  }

  /** `length`: how many are expected, if it is known. */
  numbers(key: string, length?: number): Numbers {
    const value = this.get(key);
    const numbers = value !== undefined && isNumbers(value) ? value : this.#mixedNumbers(key);
    if (length !== undefined && numbers.length !== length)
      throw this.refuse.malformed(`${this.#at(key)} has ${numbers.length} numbers, expected ${length}`);
    return numbers;
  }

  /** Whole numbers of 32 bits; true is 1. */
  integers(key: string, length?: number): Int32Array {
    const numbers = this.numbers(key, length);
    if (numbers instanceof Int32Array) return numbers;
    const integers = Int32Array.from(numbers);
    for (let i = 0; i < integers.length; i++)
      if (integers[i] !== numbers[i])
        throw this.refuse.malformed(`${this.#at(key)}[${i}] is ${numbers[i]}, expected an integer`);
    return integers;
  }

  #mixedNumbers(key: string): Numbers {
    return Float64Array.from(this.#list(key), (value) =>
      typeof value === 'number' || typeof value === 'boolean' ? Number(value) : this.#wrong(key, 'a list of numbers'),
    );
  }

  #list(key: string): readonly Value[] {
    const value = this.get(key);
    return Array.isArray(value) ? value : this.#wrong(key, 'a list');
  }

  #at(key: string): string {
    return this.path === '' ? key : `${this.path}.${printable(key, 40)}`;
  }

  #wrong(key: string, expected: string): never {
    throw this.refuse.malformed(`${this.#at(key)} is ${typeOf(this.get(key))}, expected ${expected}`);
  }
}

function typeOf(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (typeof value === 'string') return 'a text';
  if (typeof value === 'object') return value instanceof Map ? 'an object' : 'a list';
  return `${value}`;
}
