// Turns a table, and values for params, into the request that MLflow's own parser types by the signature, one line of JSON.
import type { Column, Table } from '../../data/table.js';
import { formatCell } from '../../model/cell-json.js';
import type { ParamSpec, Schema, Signature } from '../../schema/types.js';
import type { GivenParams } from '../types.js';

export function writeRequest(table: Table, signature: Signature | null, params: GivenParams = new Map()): string {
  const given = (signature?.params ?? []).filter(({ name }) => params.has(name));
  const values = given.map((spec) => `${JSON.stringify(spec.name)}:${paramText(spec, params.get(spec.name))}`);
  const rows = rowsText(table, signature?.inputs ?? null);
  return `{${rows}${values.length > 0 ? `,"params":{${values.join()}}` : ''}}`;
}

function rowsText(table: Table, inputs: Schema | null): string {
  const { columns, rows } = table;
  if (inputs?.kind === 'tensors') {
    const named = inputs.tensors.every(({ name }) => name !== undefined);
    const [only] = columns;
    if (named) return `"inputs":{${columns.map((column) => `${quoted(column)}:${listOf(column)}`).join()}}`;
    if (columns.length === 1 && only) return `"inputs":${listOf(only)}`;
  }
  const data = Array.from({ length: rows }, (_, row) => `[${columns.map((column) => formatCell(column, row)).join()}]`);
  // Python numbers the columns of a signature without names itself.
  const unnamed = inputs?.kind === 'columns' && inputs.columns.some(({ name }) => name === undefined);
  const names = unnamed ? '' : `"columns":[${columns.map(quoted).join()}],`;
  return `"dataframe_split":{${names}"data":[${data.join()}]}`;
}

/** A list is written value by value. */
function paramText({ name, type, shape }: ParamSpec, value: unknown): string {
  const scalar = type.kind === 'scalar' && type.scalar !== 'boolean' ? type.scalar : 'object';
  const cell = (one: unknown) => formatCell({ name, type: scalar, values: [one] } as Column, 0);
  return shape === null ? cell(value) : `[${(value as readonly unknown[]).map(cell).join()}]`;
}

const quoted = ({ name }: Column): string => JSON.stringify(name);

const listOf = (column: Column): string =>
  `[${Array.from({ length: column.values.length }, (_, row) => formatCell(column, row)).join()}]`;
