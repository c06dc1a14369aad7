// Turns rows of a table into the columns that CatBoost's splits ask: floats, one-hot categories, statistics.
import { type Feature, quoted } from '../feature-table.js';
import { refuseRows } from '../refuse.js';
import { ctrValue } from './ctr-value.js';
import { Hash64 } from './hash-64.js';
import { hashOfCategory } from './hash-of-category.js';
import type { CatboostModel, Projection } from './model.js';

/** Categories repeat; a column of names that do not must not fill the memory. */
const MOST_KNOWN = 100_000;

export class ToColumns {
  readonly width: number;
  readonly #model: CatboostModel;
  readonly #features: readonly Feature[];
  readonly #known = new Map<string, number>();
  readonly #hash = new Hash64();
  readonly #hashes: Int32Array[];

  constructor(model: CatboostModel, features: readonly Feature[], rows: number) {
    this.#model = model;
    this.#features = features;
    this.width = model.floats.length + model.oneHots.length + model.ctrs.length;
    this.#hashes = model.categoryFlats.map(() => new Int32Array(rows));
  }

  fill(values: Float64Array, start: number, count: number): void {
    this.#fillFloats(values, start, count);
    this.#hashCategories(start, count);
    const { floats, oneHots, projections, ctrs } = this.#model;
    for (const [i, { category, hash }] of oneHots.entries()) {
      const hashes = this.#hashes[category]!;
      const at = floats.length + i;
      for (let row = 0; row < count; row++) values[row * this.width + at] = hashes[row] === hash ? 1 : 0;
    }
    const firstCtr = floats.length + oneHots.length;
    for (const [number, projection] of projections.entries())
      for (let row = 0; row < count; row++) {
        this.#project(projection, values, row);
        for (const [i, ctr] of ctrs.entries())
          if (ctr.projection === number) values[row * this.width + firstCtr + i] = ctrValue(ctr, this.#hash);
      }
  }

  #fillFloats(values: Float64Array, start: number, count: number): void {
    const { width } = this;
    for (const [column, { flat, missing }] of this.#model.floats.entries()) {
      this.#features[flat]!.fill(values, column, width, start, count);
      for (let at = column; at < count * width; at += width) {
        const value = values[at]!;
        values[at] = Number.isNaN(value) ? missing : Math.fround(value);
      }
    }
  }

  #hashCategories(start: number, count: number): void {
    for (const [i, flat] of this.#model.categoryFlats.entries()) {
      const feature = this.#features[flat]!;
      const hashes = this.#hashes[i]!;
      for (let row = 0; row < count; row++) hashes[row] = this.#hashOf(textOf(feature, flat, start + row));
    }
  }

  #hashOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const hash = hashOfCategory(text);
    if (this.#known.size < MOST_KNOWN) this.#known.set(text, hash);
    return hash;
  }

  #project({ categories, floats, oneHots }: Projection, values: Float64Array, row: number): void {
    const hash = this.#hash;
    hash.clear();
    for (const category of categories) hash.add(this.#hashes[category]![row]!);
    for (const { column, border } of floats) hash.add(values[row * this.width + column]! > border ? 1 : 0);
    for (const { category, hash: own } of oneHots) hash.add(this.#hashes[category]![row] === own ? 1 : 0);
  }
}

/** As Python's CatBoost writes a category: text as it is, integers and booleans as integers, nothing else. */
function textOf(feature: Feature, flat: number, row: number): string {
  const cell = feature.cell(row);
  if (typeof cell === 'string') return cell;
  if (typeof cell === 'bigint') return cell.toString();
  if (typeof cell === 'boolean') return cell ? '1' : '0';
  if (typeof cell === 'number' && Number.isInteger(cell) && feature.isInteger) return `${cell}`;
  const name = feature.name === null ? `${flat}` : quoted(feature.name);
  const found = cell === null ? 'a missing value' : `${typeof cell === 'number' ? cell : typeof cell}`;
  throw refuseRows(`row ${row} has ${found} in the column ${name}, and a category is a text or an integer`);
}
