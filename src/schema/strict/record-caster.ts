// Turns JSON objects, one a row, into tables: `dataframe_records`, lists of objects, and NDJSON batch by batch.
import { isJsonObject } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import { isSavedIndex } from '../../data/saved-index.js';
import { MlctlError } from '../../errors/error.js';
import { refuseLargeTable } from '../batch-size.js';
import { Beside } from '../beside.js';
import type { CastBatch } from '../cast-types.js';
import { NearNames } from '../near-miss.js';
import type { ColumnSpec } from '../types.js';
import { acceptsNull, ColumnBuilder, isRequired } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { matchColumns, sayUnknown } from './match-columns.js';
import { RowSink } from './row-sink.js';
import { ignoredIndex } from './saved-index-of.js';
import { showJson, showName } from './show.js';

const isRecord = (record: JsonValue | MlctlError): record is JsonObject =>
  !(record instanceof MlctlError) && isJsonObject(record);

/** Laid out once for each signature, not for each row of a service. */
const PLACES = new WeakMap<readonly ColumnSpec[], ReadonlyMap<string, number>>();

function placesOf(columns: readonly ColumnSpec[]): ReadonlyMap<string, number> {
  const there = PLACES.get(columns);
  if (there !== undefined) return there;
  const places = new Map(columns.flatMap(({ name }, i) => (name === undefined ? [] : [[name, i] as const])));
  PLACES.set(columns, places);
  return places;
}

export class RecordCaster {
  readonly #columns: readonly ColumnSpec[];
  readonly #builders: readonly ColumnBuilder[];
  readonly #index: ReadonlyMap<string, number>;
  /** Made when a name is unknown. */
  #known: NearNames | undefined;
  readonly #findings: FindingList;
  readonly #sink: RowSink;
  readonly #beside: Beside;
  readonly #layout: { readonly key: string; readonly place: number }[] = [];
  #savedIndex: string | null = null;
  /** Unnamed signatures: the keys of the first record, in order. */
  #order: readonly string[] | undefined;

  constructor(columns: readonly ColumnSpec[], findings: FindingList, beside = new Beside()) {
    this.#columns = columns;
    this.#findings = findings;
    this.#beside = beside;
    this.#sink = new RowSink(findings, beside.keep);
    this.#builders = columns.map((spec, i) => new ColumnBuilder(spec.name ?? String(i), spec));
    this.#index = placesOf(columns);
  }

  get warnings(): string[] {
    const out: string[] = [];
    for (const { name, state } of this.#builders)
      for (const say of state.warnings) out.push(`column ${showName(name)}: ${say}`);
    if (this.#savedIndex !== null) out.push(ignoredIndex(this.#savedIndex));
    if (this.#order !== undefined) out.push('the signature has no names: the keys are taken by position');
    return out;
  }

  /** A record that is an error could not be read as JSON. `original(i)` gives the i-th record as it was written; without it rejected rows are not kept. `lineOf(i)`: its line in the file. */
  cast(
    records: readonly (JsonValue | MlctlError)[],
    firstRow: number,
    original?: (i: number) => string,
    lineOf?: (i: number) => number,
  ): CastBatch {
    refuseLargeTable(records.length, this.#columns.length);
    const here = this.#columns[0]?.name === undefined ? this.#builders.map(() => true) : this.#present(records);
    const used = this.#builders.filter((_, i) => here[i]);
    const missing = this.#columns.some((spec, i) => !here[i] && isRequired(spec));
    this.#sink.start(used, firstRow, records.length, original !== undefined);
    const cells = new Array<JsonValue | undefined>(this.#columns.length);
    if (firstRow === 0) this.#checkKept(records);
    for (const [i, record] of records.entries()) {
      cells.fill(undefined);
      this.#sink.line = lineOf?.(i);
      this.#sink.kept.clear(this.#sink.slot);
      if (record instanceof MlctlError) {
        this.#sink.refuseRow('SCHEMA_MALFORMED', record.message, 'other text', 'a JSON object');
      } else if (!isJsonObject(record)) {
        this.#sink.refuseRow(
          'SCHEMA_WRONG_TYPE',
          `the row is ${showJson(record)}, not an object`,
          showJson(record),
          'object',
        );
      } else {
        if (missing) this.#sink.mark('a required column is missing');
        this.#fill(record, cells);
        for (let c = 0; c < here.length; c++) if (here[c]) this.#sink.json(this.#builders[c]!, cells[c]);
      }
      this.#sink.endRow(original && (() => original(i)));
    }
    return this.#sink.finish();
  }

  /** A kept column must be in one of the first records. */
  #checkKept(records: readonly (JsonValue | MlctlError)[]): void {
    const { kept } = this.#sink;
    if (kept.names.length === 0 || !records.some(isRecord)) return;
    kept.check(new Set(records.filter(isRecord).flatMap(({ entries }) => entries.map(([key]) => key))), this.#findings);
  }

  /** Which columns the batch has; reports what is missing or unknown in all of it. */
  #present(records: readonly (JsonValue | MlctlError)[]): boolean[] {
    const seen = new Uint8Array(this.#columns.length);
    const unknown = new Set<string>();
    for (const record of records) {
      if (!isRecord(record)) continue;
      for (let i = 0; i < record.entries.length; i++) {
        const key = record.entries[i]![0];
        const place = this.#placeOf(key, i);
        if (place !== undefined) seen[place] = 1;
        else if (!this.#beside.allows(key) && !this.#isIndex(key, i)) unknown.add(key);
      }
    }
    if ((unknown.size > 0 || seen.includes(0)) && records.some(isRecord)) {
      const found = this.#columns.flatMap(({ name }, i) => (seen[i] === 1 ? [name!] : []));
      matchColumns(this.#columns, [...found, ...unknown], false, this.#findings, this.#beside);
    }
    return this.#columns.map((spec, i) => {
      const { state } = this.#builders[i]!;
      if (seen[i] === 1) return true;
      if (state.present !== true && !isRequired(spec) && !acceptsNull(spec.type)) state.present = false;
      return state.present === true;
    });
  }

  /** The column of the i-th key: most records have the keys of the one before, in the same order. */
  #placeOf(key: string, i: number): number | undefined {
    const last = this.#layout[i];
    if (last !== undefined && last.key === key) return last.place;
    const place = this.#index.get(key);
    if (place !== undefined && i < this.#columns.length) this.#layout[i] = { key, place };
    return place;
  }

  /** Whether a key that the signature does not have is pandas' saved index. */
  #isIndex(key: string, place: number): boolean {
    if (!isSavedIndex(key, place)) return false;
    this.#savedIndex = key;
    return true;
  }

  #fill(record: JsonObject, cells: (JsonValue | undefined)[]): void {
    if (this.#columns[0]?.name === undefined) {
      this.#fillByPosition(record, cells);
      return;
    }
    let known = 0;
    for (let i = 0; i < record.entries.length; i++) {
      const [key, value] = record.entries[i]!;
      const place = this.#placeOf(key, i);
      this.#sink.kept.set(key, this.#sink.slot, value);
      if (place === undefined) {
        if (this.#beside.allows(key) || this.#isIndex(key, i)) continue;
        this.#known ??= new NearNames(this.#index.keys(), showName);
        sayUnknown(key, null, this.#known, this.#findings, this.#sink.row);
        this.#sink.mark(`column ${showName(key)} is not in the signature`);
      } else if (cells[place] !== undefined) {
        this.#sink.refuseRow(
          'SCHEMA_DUPLICATE',
          `key ${showName(key)} occurs twice in one record`,
          showName(key),
          'unique keys',
        );
      } else {
        cells[place] = value;
        known++;
      }
    }
    if (known === 0) {
      this.#sink.refuseRow(
        'SCHEMA_MISSING_COLUMN',
        `none of the signature's columns is present`,
        'none',
        'at least one',
      );
    }
  }

  #fillByPosition(record: JsonObject, cells: (JsonValue | undefined)[]): void {
    const keys = record.entries.map(([key]) => key);
    this.#order ??= keys;
    const first = this.#order;
    const same = keys.length === first.length && keys.every((key, i) => key === first[i]);
    if (!same || keys.length !== this.#columns.length || new Set(keys).size !== keys.length) {
      const want = `${this.#columns.length} different keys, in the same order in every record`;
      this.#sink.refuseRow(
        'SCHEMA_RAGGED',
        `the record has the keys ${keys.slice(0, 10).map(showName).join(', ')}; expected ${want}`,
        `${keys.length} keys`,
        want,
      );
    }
    for (const [i, [, value]] of record.entries.entries()) if (i < cells.length) cells[i] = value;
  }
}
