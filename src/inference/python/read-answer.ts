// Turns the line that the Python program answers into a table: numbers from the bytes of their array, all else from JSON.
import { isJsonArray, isJsonNumber, isJsonObject, jsonGet, parseJson } from '../../data/json.js';
import type { JsonObject, JsonValue } from '../../data/json-types.js';
import type { Column, Table } from '../../data/table.js';
import type { Schema } from '../../schema/types.js';
import { arrayTable, type NumpyArray } from '../array-table.js';

interface PythonFailure {
  readonly kind: string;
  readonly type: string;
  readonly message: string;
  /** Of the module that could not be imported. */
  readonly name: string | null;
}

export type PythonAnswer =
  | { readonly kind: 'opened'; readonly python: string; readonly mlflow: string }
  | { readonly kind: 'predicted'; readonly table: (outputs: Schema | null) => Table }
  | { readonly kind: 'failed'; readonly failure: PythonFailure }
  /** The line is not an answer of the program. */
  | { readonly kind: 'unreadable' };

export function readAnswer(line: Uint8Array): PythonAnswer {
  try {
    const message = objectOf(parseJson(line, { python: true }));
    const opened = jsonGet(message, 'opened');
    if (opened !== undefined)
      return { kind: 'opened', python: textAt(opened, 'python'), mlflow: textAt(opened, 'mlflow') };
    const predicted = jsonGet(message, 'predicted');
    if (predicted !== undefined) return { kind: 'predicted', table: tableOf(objectOf(predicted)) };
    const failed = objectOf(jsonGet(message, 'failed'));
    const name = jsonGet(failed, 'name');
    return {
      kind: 'failed',
      failure: {
        kind: textAt(failed, 'kind'),
        type: textAt(failed, 'type'),
        message: textAt(failed, 'message'),
        name: typeof name === 'string' ? name : null,
      },
    };
  } catch {
    return { kind: 'unreadable' };
  }
}

function tableOf(predicted: JsonObject): (outputs: Schema | null) => Table {
  const array = jsonGet(predicted, 'array');
  if (array !== undefined) {
    const { values, rows, nulls, type } = packed(objectOf(array));
    return (outputs) => {
      const table = arrayTable(values, rows, outputs);
      const [column] = table.columns;
      if (column === undefined || (nulls === undefined && type === undefined)) return table;
      const facts = { ...(type ? { type } : {}), ...(nulls ? { nulls } : {}) };
      return { rows, columns: [{ ...column, ...facts } as Column] };
    };
  }
  const columns = listOf(jsonGet(predicted, 'columns')).map((column) => {
    const name = textAt(column, 'name');
    const { values, rows, nulls, type } = packed(objectOf(column));
    // one column, named as Python names it
    const outputs = { kind: 'tensors', tensors: [{ name, dtype: '', shape: [] }] } as const;
    const [made] = arrayTable(values, rows, outputs).columns;
    const facts = { ...(type ? { type } : {}), ...(nulls ? { nulls } : {}) };
    return { rows, column: { ...made, ...facts } as Column };
  });
  const rows = columns[0]?.rows ?? 0;
  if (columns.some((one) => one.rows !== rows)) throw new Error('the columns do not have one length');
  return () => ({ rows, columns: columns.map(({ column }) => column) });
}

interface Packed {
  readonly values: NumpyArray;
  readonly rows: number;
  readonly nulls?: Uint8Array;
  /** Where the values do not say it. */
  readonly type?: 'datetime' | 'string';
}

function packed(facts: JsonObject): Packed {
  const shape = listOf(jsonGet(facts, 'shape')).map((size) => Number(plain(size)));
  const [rows = 0, second] = shape;
  const width = shape.length === 2 ? second! : null;
  const dtype = textAt(facts, 'dtype');
  const missing = jsonGet(facts, 'nulls');
  const nulls = typeof missing === 'string' ? { nulls: new Uint8Array(bytesOf(missing)) } : {};
  if (dtype !== 'object') {
    const values = numbersOf(dtype, bytesOf(textAt(facts, 'bytes')));
    if (values.length !== rows * (width ?? 1)) throw new Error('the array is not as long as its shape says');
    return {
      values: { values, width, ...(dtype === 'uint8' ? { type: 'boolean' as const } : {}) },
      rows,
      ...nulls,
      ...(dtype === 'datetime' ? { type: 'datetime' as const } : {}),
    };
  }
  const values = listOf(jsonGet(facts, 'values')).map(plain);
  if (values.length !== rows * (width ?? 1)) throw new Error('the list is not as long as its shape says');
  const isText = width === null && values.every((value) => value === null || typeof value === 'string');
  if (!isText || !values.includes(null)) return { values: { values, width }, rows };
  // texts, some of them missing
  return {
    values: { values: values.map((value) => value ?? ''), width },
    rows,
    type: 'string',
    nulls: Uint8Array.from(values, (value) => Number(value === null)),
  };
}

/** Little-endian, as every machine is that ONNX Runtime is made for. */
function numbersOf(dtype: string, bytes: Uint8Array) {
  const { buffer } = new Uint8Array(bytes);
  switch (dtype) {
    case 'float64':
      return new Float64Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'int64':
    case 'datetime':
      return new BigInt64Array(buffer);
    case 'uint8':
      return new Uint8Array(buffer);
    default:
      throw new Error('an unknown type');
  }
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'base64');

/** Integers that a number would round become bigint. */
function plain(value: JsonValue): unknown {
  if (isJsonNumber(value)) {
    const number = Number(value.text);
    return /^-?\d+$/.test(value.text) && !Number.isSafeInteger(number) ? BigInt(value.text) : number;
  }
  if (isJsonArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  const record: Record<string, unknown> = Object.create(null);
  for (const [key, item] of value.entries) record[key] = plain(item);
  return record;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  if (isJsonObject(value)) return value;
  throw new Error('not an object');
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  throw new Error('not a list');
}

function textAt(value: JsonValue, key: string): string {
  const text = jsonGet(objectOf(value), key);
  if (typeof text === 'string') return text;
  throw new Error(`${key} is not a text`);
}
