// Turns row groups of a Parquet file into tables, strictly; columns are found by name, and their order does not matter.

import type { JsonValue } from '../../data/json-types.js';
import type { ParquetColumn, ParquetValues } from '../../data/parquet/parquet-type.js';
import type { CastBatch } from '../cast-types.js';
import type { Schema } from '../types.js';
import { checkSignature } from './check-signature.js';
import { ColumnBuilder } from './column-builder.js';
import type { FindingList } from './finding-list.js';
import { matchColumns } from './match-columns.js';
import { acceptsType } from './parquet-value.js';
import { RowSink } from './row-sink.js';
import { showName } from './show.js';

interface Field {
  readonly builder: ColumnBuilder;
  readonly name: string;
}

export class ParquetCaster {
  readonly findings: FindingList;
  readonly fatal: boolean;
  readonly #fields: readonly Field[];
  readonly #sink: RowSink;
  #row = 0;

  constructor(schema: Schema, file: readonly ParquetColumn[], findings: FindingList) {
    this.findings = findings;
    this.#sink = new RowSink(findings);
    checkSignature(schema, findings);
    this.#fields = schema.kind === 'tensors' ? [] : fieldsOf(schema, file, findings);
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
    return this.#fields.map(({ name }) => name);
  }

  /** Rows `from` to `to` of a row group. */
  cast(values: ReadonlyMap<string, ParquetValues>, from: number, to: number): CastBatch {
    const columns = this.#fields.map(({ name }) => values.get(name)!);
    const builders = this.#fields.map(({ builder }) => builder);
    this.#sink.start(builders, this.#row, to - from);
    if (builders.every((builder, c) => builder.fillDoubles(columns[c]!, from, to))) this.#sink.skipGood(to - from);
    else {
      for (let row = from; row < to; row++) {
        for (const [c, builder] of builders.entries()) {
          const value = columns[c]![row];
          const problem =
            value === null || value === undefined ? builder.setNull(this.#sink.slot, false) : this.#set(builder, value);
          if (problem !== null) this.#sink.refuse(builder.name, problem);
        }
        this.#sink.endRow(() => originalRow(this.#fields, columns, row));
      }
    }
    this.#row += to - from;
    return this.#sink.finish();
  }

  #set(builder: ColumnBuilder, value: unknown) {
    return builder.scalar === undefined
      ? builder.setJson(this.#sink.slot, jsonOf(value))
      : builder.setNative(this.#sink.slot, value);
  }
}

function fieldsOf(
  schema: Extract<Schema, { kind: 'columns' }>,
  file: readonly ParquetColumn[],
  findings: FindingList,
): Field[] {
  const { columns } = schema;
  const names = file.map(({ name }) => name);
  const named = columns[0]?.name !== undefined;
  if (!named && columns.length !== names.length) {
    findings.say('SCHEMA_RAGGED', `signature declares ${columns.length} columns, the file has ${names.length}`, {
      found: String(names.length),
      expected: String(columns.length),
    });
    return [];
  }
  const places = named ? matchColumns(columns, names, false, findings) : columns.map((_, i) => i);
  return columns.flatMap((spec, i): Field[] => {
    const found = file[places[i]!];
    if (found === undefined) return [];
    const scalar = spec.type.kind === 'scalar' ? spec.type.scalar : undefined;
    if (scalar === undefined ? found.type === 'other' : !acceptsType(found.type, scalar)) {
      const kind = scalar ?? spec.type.kind;
      const say = `column ${showName(found.name)} is ${found.type} in the file, but ${kind} in the signature; MLflow casts typed data only upwards`;
      findings.say('SCHEMA_WRONG_TYPE', say, { column: found.name, found: found.type, expected: kind });
    }
    return [{ builder: new ColumnBuilder(spec.name ?? found.name, spec), name: found.name }];
  });
}

/** Nested values follow the rules of JSON, spelt as JSON would spell them: an integer without a point, a double with one. */
function jsonOf(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return { kind: 'number', text: String(value) };
  if (typeof value === 'number') {
    const text = String(value);
    return { kind: 'number', text: /^-?\d+$/.test(text) ? `${text}.0` : text };
  }
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, jsonOf);
  return {
    kind: 'object',
    entries: Object.entries(value as object).map(([key, item]): [string, JsonValue] => [key, jsonOf(item)]),
  };
}

function originalRow(fields: readonly Field[], columns: readonly ParquetValues[], row: number): string {
  const entries = fields.map(({ name }, c) => [name, columns[c]![row] ?? null]);
  return JSON.stringify(Object.fromEntries(entries), (_key, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}
