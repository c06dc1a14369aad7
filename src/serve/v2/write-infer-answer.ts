// Turns the answer of a model into the body of an inference reply: one output a column, and no number that JSON does not have.
import type { Column, Table } from '../../data/table.js';
import { nestedText } from '../../data/write/cell-writer.js';
import { MlctlError } from '../../errors/error.js';
import { formatNanoseconds } from '../../model/cell-json.js';
import { printable } from '../../text/printable.js';

interface Answered {
  readonly model: string;
  readonly version: number | null;
  readonly id: string | null;
  /** The outputs that were asked for; null: all. */
  readonly outputs: readonly string[] | null;
}

const DATATYPE: Readonly<Record<Exclude<Column['type'], 'object'>, string>> = {
  double: 'FP64',
  float: 'FP32',
  long: 'INT64',
  integer: 'INT32',
  boolean: 'BOOL',
  string: 'BYTES',
  binary: 'BYTES',
  datetime: 'BYTES',
};

/** Throws DATA_INVALID for an output that there is not. */
export function writeInferAnswer(table: Table, { model, version, id, outputs }: Answered): string {
  const known = new Map(table.columns.map((column) => [column.name, column]));
  const columns = (outputs ?? [...known.keys()]).map((name) => {
    const column = known.get(name);
    if (column !== undefined) return column;
    throw new MlctlError(
      'DATA_INVALID',
      `output "${printable(name, 60)}" is not one of ${[...known.keys()].map((one) => `"${printable(one, 60)}"`).join(', ')}`,
    );
  });
  const head = [
    `"model_name":${JSON.stringify(model)}`,
    ...(version === null ? [] : [`"model_version":"${version}"`]),
    ...(id === null ? [] : [`"id":${JSON.stringify(id)}`]),
  ];
  return `{${head.join(',')},"outputs":[${columns.map((column) => outputText(column, table.rows)).join(',')}]}`;
}

function outputText(column: Column, rows: number): string {
  const { datatype, width, data, contentType } =
    column.type === 'object' ? nestedOutput(column.values, rows) : flatOutput(column, rows);
  const parameters = contentType === undefined ? '' : `"parameters":{"content_type":"${contentType}"},`;
  return `{"name":${JSON.stringify(column.name)},"shape":[${rows},${width}],"datatype":"${datatype}",${parameters}"data":[${data}]}`;
}

interface Output {
  readonly datatype: string;
  readonly width: number;
  readonly data: string;
  readonly contentType?: string;
}

function flatOutput(column: Exclude<Column, { type: 'object' }>, rows: number): Output {
  const texts = Array.from({ length: rows }, (_, row) => (column.nulls?.[row] === 1 ? 'null' : cellText(column, row)));
  const contentType = column.type === 'binary' ? { contentType: 'base64' } : {};
  return { datatype: DATATYPE[column.type], width: 1, data: texts.join(','), ...contentType };
}

function cellText(column: Exclude<Column, { type: 'object' }>, row: number): string {
  switch (column.type) {
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'string':
      return JSON.stringify(column.values[row]);
    case 'binary':
      return `"${Buffer.from(column.values[row]!).toString('base64')}"`;
    case 'datetime':
      return `"${formatNanoseconds(column.values[row]!)}"`;
    default:
      return numberText(column.values[row]!);
  }
}

const numberText = (value: number | bigint): string =>
  typeof value === 'number' && !Number.isFinite(value) ? 'null' : String(value);

/** Lists of numbers, all of one length, are an array; other nested values are JSON in a text. */
function nestedOutput(values: readonly unknown[], rows: number): Output {
  const [first] = values;
  const width = Array.isArray(first) ? first.length : 0;
  const isArray = width > 0 && values.every((row) => Array.isArray(row) && row.length === width && row.every(isNumber));
  if (isArray) {
    const flat = (values as (number | bigint)[][]).flat();
    return {
      datatype: flat.every((value) => typeof value === 'bigint') ? 'INT64' : 'FP64',
      width,
      data: flat.map(numberText).join(','),
    };
  }
  const texts = Array.from({ length: rows }, (_, row) => JSON.stringify(nestedText(values[row])));
  return { datatype: 'BYTES', width: 1, data: texts.join(','), contentType: 'json' };
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';
