// Takes the cells of the columns that are carried to the output, for the rows that pass.
import type { JsonValue } from '../data/json-types.js';
import type { KeptCells } from '../data/kept-cells.js';
import { NearNames } from './near-miss.js';
import type { FindingList } from './strict/finding-list.js';
import { showName } from './strict/show.js';

export class KeptColumns {
  readonly names: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  #values: JsonValue[][] = [];

  constructor(names: readonly string[]) {
    this.names = names;
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  start(): void {
    this.#values = this.names.map(() => []);
  }

  /** Until a cell is set, the row has none; a refused row's slot goes to the next row. */
  clear(slot: number): void {
    for (const values of this.#values) values[slot] = null;
  }

  /** Does nothing for a column that is not kept. */
  set(name: string, slot: number, value: JsonValue): void {
    const place = this.names.length === 0 ? undefined : this.#places.get(name);
    if (place !== undefined) this.#values[place]![slot] = value;
  }

  finish(rows: number): readonly KeptCells[] {
    return this.names.map((name, place) => ({ name, values: this.#values[place]!.slice(0, rows) }));
  }

  /** Each must be among the columns of the data. */
  check(given: Iterable<string>, findings: FindingList): void {
    if (this.names.length === 0) return;
    const names = new NearNames(given, showName);
    for (const name of this.names) {
      if (names.has(name)) continue;
      const miss = names.near(name);
      const near = miss === null ? '' : `: did you mean ${showName(miss.name)}?`;
      const say = `column ${showName(name)} is to be kept, but the data does not have it${near}`;
      findings.sayOnce(`kept ${name}`, 'SCHEMA_MISSING_COLUMN', say, {
        column: name,
        found: names.listed || 'absent',
        expected: name,
        ...(miss === null ? {} : { suggestion: miss.name }),
      });
    }
  }
}
