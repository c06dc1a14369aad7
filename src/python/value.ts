// Turns a value that a file of Python holds into what a reader expects, or into an error that says where it stands.
import type { AnyLabels } from '../estimators/fitted.js';
import { printable } from '../text/printable.js';
import { describeSaved } from './describe-saved.js';
import { isSaved } from './is-saved.js';
import { malformed, unsupported } from './refuse.js';
import type { Saved, SavedArray, SavedList } from './saved.js';

/** Row-major. */
interface Matrix {
  readonly rows: number;
  readonly width: number;
  readonly values: Float64Array;
}

export class Value {
  constructor(
    readonly saved: Saved,
    /** Its place in the file, such as `steps[1].coef_`. */
    readonly where: string,
  ) {}

  get isNone(): boolean {
    return this.saved === null;
  }

  /** A str, of Python or of numpy. */
  get isText(): boolean {
    const { saved } = this;
    return typeof saved === 'string' || (isArray(saved) && saved.dtype.kind === 'U' && saved.shape.length === 0);
  }

  /** A list, a tuple, a set or an array. */
  get isList(): boolean {
    return isList(this.saved) || (isArray(this.saved) && this.saved.shape.length > 0);
  }

  get isObject(): boolean {
    return isSaved(this.saved, 'object');
  }

  /** An array of numpy's float32. */
  get isFloat32(): boolean {
    const { saved } = this;
    return isArray(saved) && saved.dtype.kind === 'f' && saved.dtype.size === 4;
  }

  /** A float, an int, a bool or a number of numpy. */
  number(): number {
    const { saved } = this;
    if (typeof saved === 'number') return saved;
    if (typeof saved === 'bigint' || typeof saved === 'boolean') return Number(saved);
    const array = this.numeric();
    if (array?.values.length === 1) return Number(array.values[0]);
    return this.fail('a number');
  }

  /** A whole number that is exact here, from `least` on. */
  integer(least = Number.MIN_SAFE_INTEGER): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < least) return this.fail(`a whole number from ${least} on`);
    return value;
  }

  flag(): boolean {
    const { saved } = this;
    if (typeof saved === 'boolean') return saved;
    const value = this.number();
    return value === 0 || value === 1 ? value === 1 : this.fail('a boolean');
  }

  text(): string {
    const { saved } = this;
    if (typeof saved === 'string') return saved;
    if (isArray(saved) && saved.dtype.kind === 'U' && saved.values?.length === 1) return saved.values[0] as string;
    return this.fail('a text');
  }

  /** One of some texts; another one is something that mlctl does not know. */
  choice<T extends string>(...known: readonly T[]): T {
    const text = typeof this.saved === 'string' ? (this.saved as T) : null;
    return text !== null && known.includes(text) ? text : this.unknown(known.map((one) => `'${one}'`).join(' or '));
  }

  /** Numbers in one dimension: an array, or a list or tuple of numbers. */
  vector(length?: number): Float64Array {
    const { values, shape } = this.numbers();
    if (shape.length !== 1) return this.fail('numbers in one dimension');
    return length === undefined || values.length === length ? values : this.fail(`${length} numbers`);
  }

  /** Numbers in two dimensions. */
  matrix(width?: number, rows?: number): Matrix {
    const { values, shape } = this.numbers();
    if (shape.length !== 2) return this.fail('numbers in two dimensions');
    const found = { rows: shape[0]!, width: shape[1]!, values };
    if (width !== undefined && found.width !== width) return this.fail(`${width} columns`);
    if (rows !== undefined && found.rows !== rows) return this.fail(`${rows} rows`);
    return found;
  }

  /** Whole numbers in one dimension, each from `from` and below `below`: places in something else. */
  places(below: number, length?: number, from = 0): Int32Array {
    const values = this.vector(length);
    const bad = values.find((value) => !(Number.isInteger(value) && value >= from && value < below));
    if (bad !== undefined) return this.fail(`places from ${from} and below ${below}`, String(bad));
    return Int32Array.from(values);
  }

  /** Numbers of any shape. */
  numbers(): { readonly values: Float64Array; readonly shape: readonly number[] } {
    const { saved } = this;
    const array = this.numeric();
    if (array) return { values: array.values, shape: array.shape };
    if (!isList(saved)) return { values: Float64Array.of(this.number()), shape: [] };
    const items = this.items();
    if (
      items.length > 0 &&
      items.every(({ saved: item }) => isList(item) || (isArray(item) && item.shape.length > 0))
    ) {
      const rows = items.map((item) => item.vector());
      const width = rows[0]!.length;
      if (rows.some((row) => row.length !== width)) return this.fail('rows of one length');
      const values = new Float64Array(rows.length * width);
      for (const [i, row] of rows.entries()) values.set(row, i * width);
      return { values, shape: [rows.length, width] };
    }
    return { values: Float64Array.from(items, (item) => item.number()), shape: [items.length] };
  }

  /** Texts in one dimension. */
  texts(): string[] {
    return this.items().map((item) => item.text());
  }

  /** A classifier's `classes_`, at least one. */
  labels(): AnyLabels {
    const { saved } = this;
    const kind = isArray(saved) ? saved.dtype.kind : null;
    const items = this.items();
    if (items.length === 0) return this.fail('at least one label');
    if (kind === 'b') return { type: 'boolean', values: items.map((item) => item.flag()) };
    if (kind === 'i' || kind === 'u') return { type: 'long', values: items.map((item) => item.long()) };
    if (kind === 'f') return { type: 'double', values: items.map((item) => item.number()) };
    const first = items[0]?.saved;
    if (typeof first === 'boolean') return { type: 'boolean', values: items.map((item) => item.flag()) };
    if (typeof first === 'bigint') return { type: 'long', values: items.map((item) => item.long()) };
    if (typeof first === 'number') return { type: 'double', values: items.map((item) => item.number()) };
    return { type: 'string', values: items.map((item) => item.text()) };
  }

  long(): bigint {
    const { saved } = this;
    if (typeof saved === 'bigint') return saved;
    const array = this.numeric(true);
    const value = array?.raw[0];
    if (array && array.raw.length === 1) return typeof value === 'bigint' ? value : BigInt(value as number);
    return this.fail('a whole number');
  }

  /** The members of a list, tuple, set or of an array's first dimension (of one dimension). */
  items(): Value[] {
    const { saved, where } = this;
    const at = (item: Saved, i: number) => new Value(item, `${where}[${i}]`);
    if (isList(saved)) return saved.items.map(at);
    if (!isArray(saved) || saved.shape.length !== 1 || saved.values === null) return this.fail('a list');
    const { kind } = saved.dtype;
    if (kind === 'b') return Array.from(saved.values as Uint8Array, (value, i) => at(value === 1, i));
    if (kind === 'i' || kind === 'u')
      return Array.from(saved.values as ArrayLike<number | bigint>, (value, i) => at(BigInt(value), i));
    return Array.from(saved.values as ArrayLike<Saved>, at);
  }

  /** The members of an array of objects in two dimensions, row by row. */
  cells(expected?: number): Value[][] {
    const { saved, where } = this;
    if (!isArray(saved) || saved.shape.length !== 2 || saved.dtype.kind !== 'O')
      return this.fail('objects in two dimensions');
    const width = saved.shape[1]!;
    if (expected !== undefined && width !== expected) return this.fail(`objects in rows of ${expected}`);
    const values = saved.values as readonly Saved[];
    return Array.from({ length: saved.shape[0]! }, (_, i) =>
      Array.from({ length: width }, (_, j) => new Value(values[i * width + j]!, `${where}[${i}][${j}]`)),
    );
  }

  /** A field of an array of records; null if it has no such field. */
  field(name: string): Value | null {
    const { saved, where } = this;
    if (!isArray(saved) || saved.fields === null) return this.fail('an array of records');
    const field = saved.fields.get(name);
    return field === undefined ? null : new Value(field, `${where}[${printable(name, 40)}]`);
  }

  /** The entries of a dict. */
  entries(): [key: Value, value: Value][] {
    const { saved, where } = this;
    if (!isSaved(saved, 'dict')) return this.fail('a dict');
    return saved.entries.map(([key, value]) => {
      const shown = typeof key === 'string' ? key : describeSaved(key);
      return [new Value(key, `a key of ${where}`), new Value(value, `${where}[${printable(shown, 40)}]`)];
    });
  }

  /** It is not what the library writes. */
  fail(expected: string, found = describeSaved(this.saved)): never {
    throw malformed(this.where, found, expected);
  }

  /** The library may write it, but mlctl does not know what it means. */
  unknown(expected: string): never {
    throw unsupported(this.where, describeSaved(this.saved), expected);
  }

  /** Null if it is not an array of real numbers. */
  private numeric(): { values: Float64Array; shape: readonly number[]; raw: ArrayLike<number | bigint> } | null;
  private numeric(exact: true): { raw: ArrayLike<number | bigint> } | null;
  private numeric(exact?: true) {
    const { saved } = this;
    if (!isArray(saved) || saved.values === null || !'fiub'.includes(saved.dtype.kind)) return null;
    const raw = saved.values as ArrayLike<number | bigint>;
    if (exact) return { raw };
    return { values: doublesOf(raw), shape: saved.shape, raw };
  }
}

const isList = (saved: Saved): saved is SavedList =>
  isSaved(saved, 'list') || isSaved(saved, 'tuple') || isSaved(saved, 'set');

const isArray = (saved: Saved): saved is SavedArray => isSaved(saved, 'array');

function doublesOf(raw: ArrayLike<number | bigint>): Float64Array {
  if (raw instanceof Float64Array) return raw;
  if (!(raw instanceof BigInt64Array)) return Float64Array.from(raw, Number);
  // a bigint for each of the nodes of a forest would take a hundred times as long
  const halves = new Int32Array(raw.buffer, raw.byteOffset, raw.length * 2);
  const values = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i++) values[i] = halves[2 * i + 1]! * 2 ** 32 + (halves[2 * i]! >>> 0);
  return values;
}
