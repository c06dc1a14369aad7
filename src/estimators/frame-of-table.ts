// Turns a table into what an estimator of Python takes: each column in its own precision, a tensor as one matrix.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import type { Part } from './fitted.js';
import { type Frame, type FrameColumn, frameColumn } from './frame.js';
import { frameOfMatrix } from './frame-of-matrix.js';

/** By name if the estimator knows names and the table has them, else by position. `float32`: a tensor holds float32 numbers. */
export function frameOfTable(table: Table, { featuresIn }: Pick<Part, 'featuresIn'>, float32: boolean): Frame {
  const [only] = table.columns;
  if (only?.type === 'object' && table.columns.length === 1) return tensorFrame(only.values, only.name, float32);
  return { rows: table.rows, columns: ordered(table, featuresIn).map(columnOf) };
}

function columnOf(column: Column): FrameColumn {
  if (column.type !== 'object') return frameColumn(column, column.type === 'float' ? 'float32' : 'float64');
  const { name, values: records, nulls } = column;
  const values = records.map((record) => JSON.stringify(record, plain) ?? '');
  return { kind: 'text', name, values, records, ...(nulls ? { nulls } : {}) };
}

const plain = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

function ordered({ columns }: Table, featuresIn: Part['featuresIn']): readonly Column[] {
  if (!('names' in featuresIn)) return columns;
  const byName = new Map(columns.map((column) => [column.name, column]));
  const found = featuresIn.names.map((name) => byName.get(name));
  return found.every((column) => column !== undefined) ? found : columns;
}

/** Rows of numbers, or of texts, as one frame. */
function tensorFrame(rows: readonly unknown[], name: string, float32: boolean): Frame {
  const lists = rows.map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const width = lists[0]?.length ?? 0;
  if (lists.some((list) => list.length !== width))
    throw new MlctlError('DATA_INVALID', `the rows of "${printable(name, 60)}" do not have one length`);
  if (lists.some((list) => list.some((value) => typeof value === 'string'))) return textFrame(lists, width);
  const values = float32 ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width);
  lists.forEach((list, i) => {
    list.forEach((value, j) => {
      if (Array.isArray(value))
        throw new MlctlError(
          'DATA_INVALID',
          `"${printable(name, 60)}" has more than two dimensions, an estimator takes two`,
        );
      values[i * width + j] = value === null || value === undefined ? Number.NaN : Number(value);
    });
  });
  return frameOfMatrix(rows.length, width, values);
}

function textFrame(lists: readonly (readonly unknown[])[], width: number): Frame {
  const columns = Array.from({ length: width }, (_, j): FrameColumn => {
    const nulls = Uint8Array.from(lists, (list) => Number(list[j] === null));
    const values = lists.map((list) => (list[j] === null ? '' : String(list[j])));
    return { kind: 'text', name: `x${j}`, values, ...(nulls.includes(1) ? { nulls } : {}) };
  });
  return { rows: lists.length, columns };
}
