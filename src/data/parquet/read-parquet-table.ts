// Turns a Parquet file into a table to train on: whole numbers `long`, floats `double`, text, booleans; typed as by
// pandas.read_parquet.
import { MlctlError } from '../../errors/error.js';
import type { Column, Table } from '../table.js';
import { sourceOfBytes } from './byte-source.js';
import { openParquet } from './open-parquet.js';
import type { ParquetColumn, ParquetValues } from './parquet-type.js';

/** Columns of dates, times, bytes and nested values are refused by name: no estimator takes them. */
export async function readParquetTable(bytes: Uint8Array, options: { readonly name: string }): Promise<Table> {
  const file = await openParquet(sourceOfBytes(bytes), options.name);
  if (file.rows === 0) throw new MlctlError('DATA_INVALID', `${options.name} has no rows`);
  const names = file.columns.map((column) => column.name);
  const last = new Map(names.map((name, at) => [name, at]));
  const repeated = names.find((name, at) => last.get(name) !== at);
  if (repeated !== undefined) {
    throw new MlctlError('DATA_INVALID', `${options.name} has two columns ${JSON.stringify(repeated)}`);
  }
  const builders = file.columns.map((column) => new ColumnBuilder(column, file.rows, options.name));
  for (const group of file.groups()) {
    const values = await group.read(names);
    for (const builder of builders) builder.add(values.get(builder.name)!, group.rows);
  }
  return { rows: file.rows, columns: builders.map((builder) => builder.column()) };
}

class ColumnBuilder {
  readonly name: string;
  readonly #type: 'double' | 'long' | 'boolean' | 'string';
  readonly #nulls: Uint8Array;
  readonly #doubles: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #texts: string[] = [];
  #missing = 0;
  #at = 0;

  constructor(column: ParquetColumn, rows: number, source: string) {
    this.name = column.name;
    this.#type = typeOf(column, source);
    this.#nulls = new Uint8Array(rows);
    this.#doubles = new Float64Array(this.#type === 'string' ? 0 : rows);
    this.#longs = new BigInt64Array(this.#type === 'long' ? rows : 0);
  }

  add(values: ParquetValues, rows: number): void {
    for (let row = 0; row < rows; row += 1, this.#at += 1) {
      const value = values[row];
      const missing = value === null || value === undefined || (this.#type === 'double' && Number.isNaN(value));
      if (missing) {
        this.#nulls[this.#at] = 1;
        this.#missing += 1;
        this.#doubles[this.#at] = Number.NaN;
      }
      if (this.#type === 'string') this.#texts.push(missing ? '' : String(value));
      else if (!missing) this.#number(value);
    }
  }

  #number(value: unknown): void {
    this.#doubles[this.#at] = Number(value);
    if (this.#type !== 'long') return;
    const whole = BigInt(value as bigint | number);
    if (BigInt.asIntN(64, whole) !== whole) {
      throw new MlctlError(
        'DATA_INVALID',
        `column ${JSON.stringify(this.name)} row ${this.#at}: ${whole} does not fit into a signed 64-bit integer`,
      );
    }
    this.#longs[this.#at] = whole;
  }

  column(): Column {
    const { name } = this;
    const nulls = this.#missing > 0 ? { nulls: this.#nulls } : {};
    if (this.#type === 'string') return { name, type: 'string', values: this.#texts, ...nulls };
    // As in pandas: whole numbers become floats if values are missing.
    if (this.#type === 'long' && this.#missing === 0) return { name, type: 'long', values: this.#longs };
    if (this.#type === 'boolean') return { name, type: 'boolean', values: Uint8Array.from(this.#doubles), ...nulls };
    return { name, type: 'double', values: this.#doubles, ...nulls };
  }
}

function typeOf(column: ParquetColumn, source: string): 'double' | 'long' | 'boolean' | 'string' {
  const { type } = column;
  if (type === 'bool') return 'boolean';
  if (type === 'str') return 'string';
  if (type.startsWith('float')) return 'double';
  if (/^u?int/.test(type)) return 'long';
  throw new MlctlError(
    'DATA_INVALID',
    `${source}: column ${JSON.stringify(column.name)} holds ${type} values, which no estimator takes`,
    {
      hint: 'write the file without this column, or turn it into numbers or text first',
    },
  );
}
