// Turns a Parquet file into a table to train on: whole numbers `long`, floats and decimals `double`, text, booleans; typed as by
// pandas.read_parquet.
import { MlctlError } from '../../errors/error.js';
import { RowError } from '../../errors/row-error.js';
import { keptColumns } from '../kept-columns.js';
import { countsRows, isSavedIndex, savedIndexNote } from '../saved-index.js';
import type { Column } from '../table.js';
import type { OnPart, TrainingTable } from '../training-table.js';
import type { ArrowType } from './arrow-type.js';
import { sourceOfBytes } from './byte-source.js';
import { dtypeName } from './dtype-name.js';
import { openParquet } from './open-parquet.js';
import type { ParquetColumn, ParquetValues } from './parquet-file.js';
import { readInPieces } from './read-in-pieces.js';
import { decimalText, halfOf, integerOf, uuidText } from './stored-value.js';

/** A row group of a few bytes can stand for millions of equal values. */
const MOST_VALUES = 2 ** 29;

interface ParquetTableOptions {
  /** Name of the source, for messages. */
  readonly name: string;
  /** Columns that are not read. */
  readonly drop?: readonly string[];
  readonly onPart?: OnPart;
}

/** Columns of dates, times, bytes and nested values are refused by name: no estimator takes them. */
export async function readParquetTable(
  bytes: Uint8Array,
  { name, drop = [], onPart }: ParquetTableOptions,
): Promise<TrainingTable> {
  const file = await openParquet(sourceOfBytes(bytes), name);
  if (file.rows === 0) throw new MlctlError('DATA_INVALID', `${name} has no rows`);
  const data = file.columns.filter(({ isIndex }) => !isIndex);
  const kept = keptColumns(
    data.map((column) => column.name),
    drop,
    name,
  );
  const columns = kept.map((place) => data[place]!);
  if (file.rows * columns.length > MOST_VALUES)
    throw new MlctlError(
      'LIMIT_EXCEEDED',
      `${name} has ${file.rows} rows of ${columns.length} columns; at most ${MOST_VALUES} values are read to train on`,
      { hint: 'train on a part of it' },
    );
  const builders = new Map(columns.map((column) => [column.name, new ColumnBuilder(column, name)]));
  let read = 0;
  for (const group of file.groups) {
    for await (const piece of readInPieces(group, [...builders.keys()])) {
      for (const [column, values] of piece) {
        builders.get(column)!.add(values, group.rows);
        read += group.rows;
      }
      await onPart?.(read / (file.rows * builders.size));
    }
  }
  return {
    rows: file.rows,
    ...withoutIndex(
      [...builders.values()].map((builder) => builder.column()),
      file.columns.filter((column) => column.isIndex || drop.includes(column.name)),
      kept[0] === 0,
    ),
  };
}

/** The labels that pandas saved as its index, or as a first column by way of CSV, are not data. */
function withoutIndex(
  columns: readonly Column[],
  left: readonly ParquetColumn[],
  hasFirst: boolean,
): Pick<TrainingTable, 'columns' | 'left' | 'notes'> {
  const [first] = columns;
  const index = hasFirst && first !== undefined && isSavedIndex(first.name, 0) && countsRows(first);
  const notes = left.flatMap(({ name, isIndex }) =>
    isIndex ? [`the column ${JSON.stringify(name)} is the index that pandas saved: it is left out`] : [],
  );
  const names = left.map(({ name }) => name);
  if (index) {
    names.push(first.name);
    notes.push(savedIndexNote(first.name));
  }
  return {
    columns: index ? columns.slice(1) : columns,
    ...(names.length === 0 ? {} : { left: names }),
    ...(notes.length === 0 ? {} : { notes }),
  };
}

class ColumnBuilder {
  readonly name: string;
  readonly #type: ArrowType;
  readonly #kind: 'double' | 'long' | 'boolean' | 'string';
  readonly #text = new TextDecoder();
  #nulls: Uint8Array = new Uint8Array();
  #doubles: Float64Array = new Float64Array();
  #longs: BigInt64Array = new BigInt64Array();
  readonly #texts: string[] = [];
  #missing = 0;
  #at = 0;

  constructor(column: ParquetColumn, source: string) {
    this.name = column.name;
    this.#type = column.type.kind === 'dictionary' ? column.type.values : column.type;
    this.#kind = kindOf(this.#type, column, source);
  }

  /** Room is made for the rows that came, not for those that the file claims. */
  add(values: ParquetValues, rows: number): void {
    const size = this.#at + rows;
    this.#nulls = grown(this.#nulls, new Uint8Array(size));
    if (this.#kind !== 'string') this.#doubles = grown(this.#doubles, new Float64Array(size));
    if (this.#kind === 'long') this.#longs = grown(this.#longs, new BigInt64Array(size));
    for (let row = 0; row < rows; row += 1, this.#at += 1) {
      const value = values[row];
      if (value === null || value === undefined) this.#miss();
      else if (this.#kind === 'string')
        this.#texts.push(typeof value === 'string' ? value : this.#textOf(value as Uint8Array));
      else if (this.#type.kind === 'int') this.#whole(integerOf(value, this.#type));
      else this.#double(value);
    }
  }

  #textOf(bytes: Uint8Array): string {
    return this.#type.kind === 'uuid' ? uuidText(bytes) : this.#text.decode(bytes);
  }

  #miss(): void {
    this.#nulls[this.#at] = 1;
    this.#missing += 1;
    if (this.#kind === 'string') this.#texts.push('');
    else this.#doubles[this.#at] = Number.NaN;
  }

  #whole(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) {
      throw new RowError(
        'DATA_INVALID',
        (row) => `column ${JSON.stringify(this.name)}, ${row}: ${value} does not fit into a signed 64-bit integer`,
        this.#at,
      );
    }
    this.#longs[this.#at] = value;
    this.#doubles[this.#at] = Number(value);
  }

  #double(value: unknown): void {
    const type = this.#type;
    const number =
      type.kind === 'decimal'
        ? Number(decimalText(value, type.scale))
        : type.kind === 'float' && type.bits === 16
          ? halfOf(value as Uint8Array)
          : Number(value);
    if (Number.isNaN(number)) this.#miss();
    else this.#doubles[this.#at] = number;
  }

  column(): Column {
    const { name } = this;
    const nulls = this.#missing > 0 ? { nulls: this.#nulls } : {};
    if (this.#kind === 'string') return { name, type: 'string', values: this.#texts, ...nulls };
    // As in pandas: whole numbers become floats if values are missing.
    if (this.#kind === 'long' && this.#missing === 0) return { name, type: 'long', values: this.#longs };
    if (this.#kind === 'boolean') return { name, type: 'boolean', values: Uint8Array.from(this.#doubles), ...nulls };
    return { name, type: 'double', values: this.#doubles, ...nulls };
  }
}

function grown<T extends Uint8Array | Float64Array | BigInt64Array>(from: T, to: T): T {
  to.set(from as never);
  return to;
}

function kindOf(type: ArrowType, { name, type: shown }: ParquetColumn, source: string) {
  switch (type.kind) {
    case 'bool':
      return 'boolean';
    case 'string':
    case 'json':
    case 'enum':
    case 'uuid':
      return 'string';
    case 'int':
      return 'long';
    // A column of nothing but missing values has no type.
    case 'null':
    case 'float':
    case 'decimal':
      return 'double';
    default:
      throw new MlctlError(
        'DATA_INVALID',
        `${source}: column ${JSON.stringify(name)} holds ${dtypeName(shown)} values, which no estimator takes`,
        { hint: `leave it out with data: { drop: [${JSON.stringify(name)}] }, or turn it into numbers or text first` },
      );
  }
}
