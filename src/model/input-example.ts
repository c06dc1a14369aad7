// Turns an input example into the two files MLflow keeps of it: the example itself and a request body for the scoring server.
import type { Table } from '../data/table.js';
import { formatCell } from './cell-json.js';

/** A table of named columns, or the JSON text of nested lists for models that take one tensor. */
export type InputExample =
  | { readonly kind: 'dataframe'; readonly table: Table }
  | { readonly kind: 'ndarray'; readonly json: string };

interface InputExampleFiles {
  readonly 'input_example.json': string;
  readonly 'serving_input_example.json': string;
}

/** `{"columns": […], "data": [[…]]}`: pandas' split orientation without the index, as MLflow writes it. */
export function formatSplit(table: Table): string {
  const columns = table.columns.map((column) => JSON.stringify(column.name)).join(', ');
  const rows = Array.from(
    { length: table.rows },
    (_, row) => `[${table.columns.map((column) => formatCell(column, row)).join(', ')}]`,
  );
  return `{"columns": [${columns}], "data": [${rows.join(', ')}]}`;
}

/** Tensors as MLflow writes arrays: nested lists, in an object where they have names. */
export function formatTensors(table: Table, named: boolean): string {
  const lists = table.columns.map(
    (column) => `[${Array.from({ length: table.rows }, (_, row) => formatCell(column, row)).join(', ')}]`,
  );
  if (!named) return lists[0] ?? '[]';
  return `{${table.columns.map(({ name }, i) => `${JSON.stringify(name)}: ${lists[i]}`).join(', ')}}`;
}

export function formatInputExample(example: InputExample): InputExampleFiles {
  const text = example.kind === 'dataframe' ? formatSplit(example.table) : example.json;
  const key = example.kind === 'dataframe' ? 'dataframe_split' : 'inputs';
  return { 'input_example.json': text, 'serving_input_example.json': `{\n  "${key}": ${text}\n}` };
}
