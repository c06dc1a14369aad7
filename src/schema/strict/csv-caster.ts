// Turns a stream of CSV bytes into tables of up to N rows, strictly; what each cell means is in `csv-value.ts`.

import { CsvScanner } from '../../data/csv/csv-scanner.js';
import type { Dialect } from '../../data/csv/dialect.js';
import { NumericRows, type NumericTarget } from '../../data/csv/numeric-rows.js';
import { rowName } from '../../errors/row-name.js';
import { plural } from '../../text/numbers.js';
import { BATCH_BYTES } from '../batch-size.js';
import type { Beside } from '../beside.js';
import type { CastBatch } from '../cast-types.js';
import type { Schema } from '../types.js';
import { checkSignature } from './check-signature.js';
import { ColumnBuilder } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { matchColumns } from './match-columns.js';
import { Problem } from './problem.js';
import { RowSink } from './row-sink.js';
import { ignoredIndex, savedIndexOf } from './saved-index-of.js';
import { showName } from './show.js';

export class CsvCaster {
  /** Reading cannot continue, or no row can be right: the header is wrong or a quote is never closed. */
  fatal = false;
  /** The header could not be read, so nothing else will be. */
  isOver = false;
  readonly findings: FindingList;
  readonly #schema: Schema;
  readonly #batchRows: number;
  readonly #dialect: Dialect;
  readonly #beside: Beside;
  readonly #missing: ReadonlySet<string>;
  readonly #scanner: CsvScanner;
  readonly #sink: RowSink;
  #builders: readonly ColumnBuilder[] = [];
  /** The fields that are kept. */
  #kept: readonly number[] = [];
  /** The field of each builder. */
  #places: readonly number[] = [];
  #names: readonly string[] | undefined;
  #numeric: NumericRows | null = null;
  #targets: readonly { target: NumericTarget; builder: ColumnBuilder }[] = [];
  #open = false;
  #nextRow = 0;
  /** Of the records in this batch that were read as text. */
  #bytes = 0;
  #blank = false;
  /** Blank lines, and line breaks inside records, up to here. */
  #moreLines = 0;
  /** The first column, if it is the index that pandas saved. */
  #savedIndex: string | null = null;

  constructor(schema: Schema, findings: FindingList, batchRows: number, dialect: Dialect, beside: Beside) {
    this.#beside = beside;
    this.#dialect = dialect;
    this.#missing = new Set(dialect.missingValues);
    this.#scanner = new CsvScanner(dialect.delimiter, dialect.quote);
    this.#schema = schema;
    this.findings = findings;
    this.#batchRows = batchRows;
    this.#sink = new RowSink(findings, beside.keep);
    checkSignature(schema, findings);
    refuseTypes(schema, findings);
    this.fatal = findings.total > 0;
  }

  get header(): readonly string[] | undefined {
    return this.#names;
  }

  get warnings(): string[] {
    const out = this.#builders.flatMap(({ name, state }) =>
      [...state.warnings].map((say) => `column ${showName(name)}: ${say}`),
    );
    if (this.#schema.kind === 'columns' && this.#schema.columns[0]?.name === undefined && this.#names !== undefined) {
      out.push(`the signature has no names: the columns of the file are taken by position`);
    }
    if (this.#savedIndex !== null) out.push(ignoredIndex(this.#savedIndex));
    return out;
  }

  feed(chunk: Uint8Array): void {
    this.#scanner.feed(chunk);
  }

  finish(): void {
    this.#scanner.last = true;
  }

  /** All of the input has been cast. */
  get atEnd(): boolean {
    return this.#scanner.last && this.#scanner.position >= this.#scanner.end;
  }

  /** The next batch, or null if more bytes are needed (before `finish`) or nothing is left (after it). */
  read(): CastBatch | null {
    const scanner = this.#scanner;
    for (;;) {
      if (this.isOver) return null;
      if (this.#names === undefined) {
        if (!this.#readHeader()) return null;
        continue;
      }
      if (!this.#open) {
        this.#sink.start(this.#builders, this.#nextRow, this.#batchRows);
        for (const { target, builder } of this.#targets) target.values = numericView(builder);
        this.#open = true;
      }
      if (this.#sink.row - this.#nextRow >= this.#batchRows || this.#bytes >= BATCH_BYTES) return this.#close();
      if (this.#numeric !== null && !this.#blank && !scanner.isInside) {
        const room = this.#sink.slot + this.#batchRows - (this.#sink.row - this.#nextRow);
        const taken = this.#numeric.read(scanner.buffer, scanner.position, scanner.lastBreak, this.#sink.slot, room);
        scanner.position = this.#numeric.position;
        this.#sink.skipGood(taken);
        if (taken > 0) continue;
      }
      const found = scanner.next();
      if (found === 'more') return null;
      if (found === 'end') {
        if (this.#nextRow === 0 && this.#sink.row === 0) {
          this.findings.sayOnce('no rows', 'SCHEMA_NO_ROWS', 'the table has no rows', {
            found: '0 rows',
            expected: 'at least one row',
          });
          this.fatal = true;
        }
        return this.#sink.row > this.#nextRow ? this.#close() : null;
      }
      this.#record();
    }
  }

  #close(): CastBatch {
    this.#open = false;
    this.#bytes = 0;
    this.#nextRow = this.#sink.row;
    return this.#sink.finish();
  }

  #readHeader(): boolean {
    const scanner = this.#scanner;
    const found = scanner.skipBom() ? scanner.next() : 'more';
    if (found === 'more') return false;
    if (found === 'end') {
      this.findings.sayOnce('empty', 'SCHEMA_MALFORMED', 'the file is empty: there is no header', {
        expected: 'a header',
      });
      this.fatal = true;
      return false;
    }
    if (scanner.recordEnd === scanner.recordStart) {
      this.#moreLines++;
      return true;
    }
    this.#moreLines += scanner.breaksInside();
    const names: string[] = [];
    for (let i = 0; i < scanner.fields; i++) {
      const name = scanner.text(i);
      if (name === null || scanner.malformed !== null) {
        this.findings.say('SCHEMA_MALFORMED', `the header is malformed: ${scanner.malformed ?? 'not UTF-8'}`);
        this.fatal = true;
        this.isOver = true;
        return false;
      }
      names.push(name);
    }
    this.#takeHeader(names);
    return true;
  }

  #takeHeader(names: readonly string[]): void {
    this.#names = names;
    const columns = this.#schema.kind === 'columns' ? this.#schema.columns : [];
    const before = this.findings.total;
    let places: number[];
    if (columns[0]?.name !== undefined) {
      this.#savedIndex = savedIndexOf(columns, names);
      places = matchColumns(columns, names, true, this.findings, this.#beside);
    } else {
      // That CSV cannot carry tensors was said before.
      const inputs = [...names.keys()].filter((place) => !this.#beside.allows(names[place]!));
      if (columns.length !== inputs.length && this.#schema.kind === 'columns') {
        const say = `signature declares ${plural(columns.length, 'column')}, the header has ${inputs.length}`;
        this.findings.say('SCHEMA_RAGGED', say, { found: String(inputs.length), expected: String(columns.length) });
      }
      places = columns.map((_, i) => inputs[i] ?? -1);
    }
    this.#sink.kept.check(names, this.findings);
    this.#kept = this.#beside.keep.map((name) => names.indexOf(name));
    const here = columns.flatMap((spec, i) => (places[i]! < 0 ? [] : [{ spec, place: places[i]! }]));
    this.#builders = here.map(
      ({ spec, place }) => new ColumnBuilder(spec.name ?? names[place]!, spec, this.#dialect.decimal),
    );
    this.#places = here.map(({ place }) => place);
    if (this.findings.total > before) this.fatal = true;
    else this.#planNumeric();
  }

  /** A word for a missing value may look like a number, and a mark may not have two meanings: then each cell is read as text. */
  #planNumeric(): void {
    const { delimiter, decimal } = this.#dialect;
    if (this.#missing.size > 0 || delimiter === decimal || this.#names!.length !== this.#builders.length) return;
    if (this.#kept.length > 0) return;
    const targets = this.#builders.flatMap((builder) => {
      const type = builder.scalar;
      if (type !== 'double' && type !== 'float' && type !== 'integer' && type !== 'long') return [];
      return [{ target: { type, values: new Int32Array() } as unknown as NumericTarget, builder }];
    });
    if (targets.length === 0 || targets.length !== this.#builders.length) return;
    this.#targets = targets;
    this.#numeric = new NumericRows([...this.#unused(), ...targets.map(({ target }) => target)], delimiter, decimal);
  }

  /** The fast reader fills a column for every field; nobody reads that of a saved index. */
  #unused(): NumericTarget[] {
    return this.#savedIndex === null ? [] : [{ type: 'double', values: new Float64Array(this.#batchRows) }];
  }

  #record(): void {
    const scanner = this.#scanner;
    const sink = this.#sink;
    const width = this.#names!.length;
    this.#bytes += scanner.recordEnd - scanner.recordStart;
    if (scanner.recordEnd === scanner.recordStart) {
      this.#blank ||= width === 1;
      this.#moreLines++;
      return;
    }
    sink.line = sink.row + 2 + this.#moreLines;
    this.#moreLines += scanner.breaksInside();
    if (this.#blank) {
      sink.refuseRow(
        'SCHEMA_NULL',
        'there is a blank line before this row; pandas skips it, but it could be a missing value',
        'blank line',
        'a value',
      );
      this.#blank = false;
    }
    if (scanner.malformed !== null) {
      sink.refuseRow('SCHEMA_MALFORMED', scanner.malformed, showName(scanner.recordText()), 'CSV (RFC 4180)');
      if (scanner.malformed.endsWith('never closed')) this.fatal = true;
    } else if (scanner.fields !== width) {
      const found = plural(scanner.fields, 'field');
      const say = `${rowName(sink.row, sink.line)} has ${found}, but the header has ${width}`;
      this.findings.say('SCHEMA_RAGGED', say, {
        row: sink.row,
        line: sink.line,
        found,
        expected: `${width} fields`,
      });
      sink.mark(say);
    } else {
      for (const place of this.#kept) this.#keep(place);
      for (const [i, builder] of this.#builders.entries()) {
        const place = this.#places[i]!;
        const text = scanner.text(place);
        if (text === null)
          sink.refuse(builder.name, new Problem('SCHEMA_MALFORMED', 'not UTF-8', 'other bytes', 'UTF-8'));
        else if (this.#missing.has(text)) sink.missing(builder);
        else sink.text(builder, text, scanner.isQuoted(place));
      }
    }
    sink.endRow(() => scanner.recordText());
  }

  #keep(place: number): void {
    const name = this.#names![place]!;
    const text = this.#scanner.text(place);
    if (text === null) this.#sink.refuse(name, new Problem('SCHEMA_MALFORMED', 'not UTF-8', 'other bytes', 'UTF-8'));
    else this.#sink.kept.set(name, this.#sink.slot, text === '' && !this.#scanner.isQuoted(place) ? null : text);
  }
}

function numericView(builder: ColumnBuilder): Float64Array {
  const { values } = builder;
  const halves =
    values instanceof BigInt64Array ? new Int32Array(values.buffer, values.byteOffset, values.length * 2) : values;
  return halves as Float64Array;
}

/** CSV cannot express these types, whether or not the file has such a column: pandas refuses the whole file. */
function refuseTypes(schema: Schema, findings: FindingList): void {
  if (schema.kind === 'tensors') {
    findings.say('SCHEMA_FORM_CANNOT_CARRY', 'tensors cannot be sent as CSV: use JSON', {
      found: 'CSV',
      expected: 'JSON',
    });
    return;
  }
  for (const [i, { name, type }] of schema.columns.entries()) {
    const kind = type.kind === 'scalar' ? type.scalar : type.kind;
    if (type.kind === 'scalar' && kind !== 'datetime' && kind !== 'binary') continue;
    const which = name === undefined ? `column ${i}` : `column ${showName(name)}`;
    const why =
      kind === 'binary'
        ? 'binary columns in CSV stay text, because MLflow does not decode base64 there'
        : `${kind} columns cannot be sent as CSV`;
    findings.say('SCHEMA_FORM_CANNOT_CARRY', `${which}: ${why}: use JSON`, {
      ...(name === undefined ? {} : { column: name }),
      found: 'CSV',
      expected: 'JSON',
    });
  }
}
