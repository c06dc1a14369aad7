// Turns a table into rows of numbers, as the Python libraries take a data frame or an array.
import type { Column, Table } from '../data/table.js';
import { printable } from '../text/printable.js';
import { refuseRows } from './refuse.js';

/** Writes `count` values of one feature, from row `start` on, each `width` after the last. */
type Fill = (out: Float64Array, at: number, width: number, start: number, count: number) => void;

/** The code of a category, NaN for none; throws MODEL_FAILED if the library refuses it. */
export type CodeOf = (text: string) => number;

export interface Feature {
  /** Null in a tensor, whose columns have no names. */
  readonly name: string | null;
  readonly fill: Fill;
  /** Numbers of it are integers by type. JSON does not tell, so a tensor of integers counts as such. */
  readonly isInteger: boolean;
  /** One value as it stands in the table; null if it is missing. */
  readonly cell: (row: number) => unknown;
}

export const quoted = (name: string): string => JSON.stringify(printable(name, 80));

/** `codes`: by feature what text means; a text column of any other feature is refused. */
export function featuresOf(table: Table, codes: (feature: number) => CodeOf | null = () => null): Feature[] {
  const [only] = table.columns;
  if (table.columns.length === 1 && only?.type === 'object') return tensorFeatures(only);
  return table.columns.map((column, i) => ({
    name: column.name,
    fill: fillOf(column, codes(i)),
    isInteger: column.type !== 'double' && column.type !== 'float',
    cell: (row) => (column.nulls?.[row] === 1 ? null : column.values[row]),
  }));
}

/** Rows of nested lists: what the caster makes of a tensor. */
function tensorFeatures(column: Extract<Column, { type: 'object' }>): Feature[] {
  const [first] = column.values;
  const width = Array.isArray(first) ? first.length : 1;
  const cells = column.values as readonly unknown[];
  return Array.from({ length: width }, (_, i) => ({
    name: null,
    fill: (out, at, step, start, count) => {
      for (let row = 0; row < count; row++)
        out[at + row * step] = numberOf(cellOf(cells, start + row, i, width), start + row);
    },
    isInteger: true,
    cell: (row) => cellOf(cells, row, i, width),
  }));
}

function cellOf(rows: readonly unknown[], row: number, i: number, width: number): unknown {
  const cells = rows[row];
  if (Array.isArray(cells) && cells.length === width) return cells[i];
  if (!Array.isArray(cells) && width === 1) return cells;
  throw refuseRows(`row ${row} has not ${width} values, as the first row has`);
}

function numberOf(cell: unknown, row: number): number {
  if (typeof cell === 'number') return cell;
  if (cell === null) return Number.NaN;
  if (typeof cell === 'bigint' || typeof cell === 'boolean') return Number(cell);
  throw refuseRows(`row ${row} holds a ${typeof cell}, expected numbers`);
}

function fillOf(column: Column, codeOf: CodeOf | null): Fill {
  if (column.type === 'long') return fillLongs(column.values, column.nulls);
  if (column.type === 'string' && codeOf !== null) return fillCodes(column.values, column.nulls, codeOf);
  if (column.type === 'object') return fillObjects(column.values);
  if (column.type === 'string' || column.type === 'binary' || column.type === 'datetime')
    return () => {
      throw refuseRows(`the column ${quoted(column.name)} is ${column.type}, and the model takes numbers there`);
    };
  const { values, nulls } = column;
  return (out, at, width, start, count) => {
    for (let row = 0; row < count; row++)
      out[at + row * width] = nulls?.[start + row] === 1 ? Number.NaN : values[start + row]!;
  };
}

/** Reads the halves, because a BigInt for each cell would be made only to be thrown away. */
function fillLongs(values: BigInt64Array, nulls: Uint8Array | undefined): Fill {
  const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return (out, at, width, start, count) => {
    for (let row = 0; row < count; row++) {
      const half = (start + row) * 2;
      const value = halves[half + 1]! * 2 ** 32 + (halves[half]! >>> 0);
      out[at + row * width] = nulls?.[start + row] === 1 ? Number.NaN : value;
    }
  };
}

function fillCodes(values: readonly string[], nulls: Uint8Array | undefined, codeOf: CodeOf): Fill {
  return (out, at, width, start, count) => {
    for (let row = 0; row < count; row++)
      out[at + row * width] = nulls?.[start + row] === 1 ? Number.NaN : codeOf(values[start + row]!);
  };
}

function fillObjects(values: readonly unknown[]): Fill {
  return (out, at, width, start, count) => {
    for (let row = 0; row < count; row++) out[at + row * width] = numberOf(values[start + row], start + row);
  };
}
