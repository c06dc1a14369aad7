// Turns the columns that a graph answers into one column of lists, if its signature says one array without a name and of as many
// columns: Python's ONNX flavor flattens every output of a graph that takes a table, so an array must be given column by column.
import type { Table } from '../data/table.js';
import type { Schema } from '../schema/types.js';
import { arrayTable } from './array-table.js';
import type { GraphValue } from './types.js';

/** The number of columns; null if the outputs are what the signature says, one by one. */
export function listedWidth(outputs: readonly GraphValue[], schema: Schema | null): number | null {
  const [tensor] = schema?.kind === 'tensors' ? schema.tensors : [];
  if (schema?.kind !== 'tensors' || schema.tensors.length !== 1 || tensor?.name !== undefined) return null;
  const [rows, width] = tensor!.shape;
  const fits = tensor!.shape.length === 2 && rows === -1 && width === outputs.length && outputs.length > 1;
  return fits && outputs.every(({ shape }) => shape?.length === 1) ? outputs.length : null;
}

export function listedColumns({ rows, columns }: Table): Table {
  const width = columns.length;
  const values = Array.from({ length: rows * width }, (_, at): unknown => {
    const column = columns[at % width]!;
    const value = column.values[Math.floor(at / width)];
    return column.type === 'boolean' ? value === 1 : value;
  });
  return arrayTable({ values, width }, rows, null);
}
