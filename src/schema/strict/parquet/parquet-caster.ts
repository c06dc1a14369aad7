// Turns row groups of a Parquet file into tables, strictly; columns are found by name, and their order does not matter.

import { formatJson } from '../../../data/json-format.js';
import type { JsonValue } from '../../../data/json-types.js';
import type { ArrowType } from '../../../data/parquet/arrow-type.js';
import type { ParquetColumn, ParquetValues } from '../../../data/parquet/parquet-file.js';
import type { Beside } from '../../beside.js';
import type { CastBatch } from '../../cast-types.js';
import type { ColumnSpec, Schema } from '../../types.js';
import { checkSignature } from '../check-signature.js';
import { ColumnBuilder } from '../column-builder.js';
import type { FindingList } from '../finding-list.js';
import { matchColumns } from '../match-columns.js';
import { Problem } from '../problem.js';
import { RowSink } from '../row-sink.js';
import { ignoredIndex, savedIndexOf } from '../saved-index-of.js';
import { showName } from '../show.js';
import { nestedReader } from './nested-reader.js';
import { jsonOfParquet } from './parquet-json.js';

interface Field {
  readonly builder: ColumnBuilder;
  readonly column: ParquetColumn;
  /** null: a missing value. */
  readonly read: (value: unknown) => unknown | Problem;
  /** Stored numbers are the values. */
  readonly isPlain: boolean;
}

export class ParquetCaster {
  readonly findings: FindingList;
  readonly fatal: boolean;
  readonly warnings: readonly string[];
  readonly #fields: readonly Field[];
  readonly #kept: readonly ParquetColumn[];
  readonly #sink: RowSink;
  #row = 0;

  constructor(schema: Schema, file: readonly ParquetColumn[], findings: FindingList, beside: Beside) {
    this.findings = findings;
    this.#sink = new RowSink(findings, beside.keep);
    this.#sink.kept.check(
      file.map(({ name }) => name),
      findings,
    );
    this.#kept = file.filter(({ name }) => beside.keep.includes(name));
    checkSignature(schema, findings);
    const columns = schema.kind === 'tensors' ? [] : schema.columns;
    const wanted = new Set(columns.map(({ name }) => name));
    const ignored = file.filter(({ name, isIndex }) => isIndex && !wanted.has(name) && !beside.allows(name));
    const inputs = file.filter((column) => !ignored.includes(column));
    const saved = savedIndexOf(
      columns,
      inputs.map(({ name }) => name),
    );
    this.warnings = [
      ...ignored.map(({ name }) => `column ${showName(name)} is the index that pandas saved: it is ignored`),
      ...(saved === null ? [] : [ignoredIndex(saved)]),
    ];
    this.#fields = schema.kind === 'tensors' ? [] : fieldsOf(columns, inputs, findings, beside);
    if (schema.kind === 'tensors') {
      findings.say('SCHEMA_FORM_CANNOT_CARRY', 'tensors cannot be sent as Parquet: use JSON', {
        found: 'Parquet',
        expected: 'JSON',
      });
    }
    this.fatal = findings.total > 0;
  }

  /** The columns to read. */
  get names(): readonly string[] {
    return [...new Set([...this.#fields.map(({ column }) => column.name), ...this.#sink.kept.names])];
  }

  /** Rows `from` to `to` of a row group. */
  cast(values: ReadonlyMap<string, ParquetValues>, from: number, to: number): CastBatch {
    const columns = this.#fields.map(({ column }) => values.get(column.name)!);
    const builders = this.#fields.map(({ builder }) => builder);
    this.#sink.start(builders, this.#row, to - from);
    const kept = this.#kept.map(({ name, type }) => ({ name, type, values: values.get(name)! }));
    if (
      kept.length === 0 &&
      this.#fields.every(({ builder, isPlain }, c) => isPlain && builder.fillDoubles(columns[c]!, from, to))
    )
      this.#sink.skipGood(to - from);
    else {
      for (let row = from; row < to; row++) {
        for (const { name, type, values } of kept)
          this.#sink.kept.set(name, this.#sink.slot, jsonOfParquet(values[row], type));
        for (const [c, { builder, read }] of this.#fields.entries()) {
          const problem = this.#set(builder, read, columns[c]![row]);
          if (problem !== null) this.#sink.refuse(builder.name, problem);
        }
        this.#sink.endRow(() => originalRow(this.#fields, columns, row));
      }
    }
    this.#row += to - from;
    return this.#sink.finish();
  }

  #set(builder: ColumnBuilder, read: Field['read'], value: unknown): Problem | null {
    const plain = value === null || value === undefined ? null : read(value);
    if (plain instanceof Problem) return plain;
    return plain === null ? builder.setNull(this.#sink.slot, false) : builder.setNative(this.#sink.slot, plain);
  }
}

function fieldsOf(
  columns: readonly ColumnSpec[],
  file: readonly ParquetColumn[],
  findings: FindingList,
  beside: Beside,
): Field[] {
  const names = file.map(({ name }) => name);
  const named = columns[0]?.name !== undefined;
  if (!named && columns.length !== names.length) {
    findings.say('SCHEMA_RAGGED', `signature declares ${columns.length} columns, the file has ${names.length}`, {
      found: String(names.length),
      expected: String(columns.length),
    });
    return [];
  }
  const places = named ? matchColumns(columns, names, false, findings, beside) : columns.map((_, i) => i);
  return columns.flatMap((spec, i): Field[] => {
    const found = file[places[i]!];
    if (found === undefined) return [];
    const read = nestedReader(found.type, spec.type);
    if (read instanceof Problem) {
      findings.add(read.finding(found.name, undefined));
      return [];
    }
    const builder = new ColumnBuilder(spec.name ?? found.name, spec);
    return [{ builder, column: found, read, isPlain: isPlain(found.type) }];
  });
}

function isPlain(type: ArrowType): boolean {
  return (type.kind === 'float' && type.bits > 16) || (type.kind === 'int' && type.bits <= (type.signed ? 32 : 16));
}

function originalRow(fields: readonly Field[], columns: readonly ParquetValues[], row: number): string {
  const entries = fields.map(({ column: { name, type } }, c): [string, JsonValue] => [
    name,
    jsonOfParquet(columns[c]![row], type),
  ]);
  return formatJson({ kind: 'object', entries });
}
