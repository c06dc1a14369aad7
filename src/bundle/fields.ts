// Turns an object of JSON that anybody may have written into values of the types that are asked for.
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Kinds {
  readonly text: string;
  readonly number: number;
  readonly flag: boolean;
}

const KINDS = { text: 'string', number: 'number', flag: 'boolean' } as const;

/** Every look-up throws BUNDLE_INVALID if the value is missing or of another type. */
export class Fields {
  readonly #object: Record<string, unknown>;
  readonly #where: string;

  constructor(value: unknown, where: string) {
    this.#where = where;
    if (!isObject(value)) throw this.#refuse('', 'an object');
    this.#object = value;
  }

  #refuse(key: string, expected: string): MlctlError {
    return new MlctlError(
      'BUNDLE_INVALID',
      `${printable(`${this.#where}${key === '' ? '' : `.${key}`}`, 200)} of the bundle is not ${expected}`,
      { hint: 'make the bundle again: mlctl audit URI --bundle FOLDER' },
    );
  }

  get(key: string): unknown {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }

  maybe<Kind extends keyof Kinds>(key: string, kind: Kind): Kinds[Kind] | null {
    const value = this.get(key);
    if (value === null) return null;
    if (typeof value !== KINDS[kind]) throw this.#refuse(key, `a ${kind}`);
    return value as Kinds[Kind];
  }

  #sure<Kind extends keyof Kinds>(key: string, kind: Kind): Kinds[Kind] {
    const value = this.maybe(key, kind);
    if (value === null) throw this.#refuse(key, `a ${kind}`);
    return value;
  }

  text = (key: string): string => this.#sure(key, 'text');
  number = (key: string): number => this.#sure(key, 'number');
  flag = (key: string): boolean => this.#sure(key, 'flag');

  part = (key: string): Fields => new Fields(this.get(key), `${this.#where}.${key}`);

  #array(key: string): readonly unknown[] {
    const value = this.get(key);
    if (!Array.isArray(value)) throw this.#refuse(key, 'a list');
    return value;
  }

  list = (key: string): readonly Fields[] =>
    this.#array(key).map((one, at) => new Fields(one, `${this.#where}.${key}[${at}]`));

  texts(key: string): readonly string[] {
    const values = this.#array(key);
    if (!values.every((one) => typeof one === 'string')) throw this.#refuse(key, 'a list of texts');
    return values;
  }

  /** Texts by names that are data. */
  map(key: string): ReadonlyMap<string, string> {
    const value = this.get(key);
    if (!isObject(value)) throw this.#refuse(key, 'an object');
    const entries = Object.entries(value);
    if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string'))
      throw this.#refuse(key, 'an object of texts');
    return new Map(entries);
  }
}
