// Turns a table into the tensors a graph takes, as mlflow.onnx's pyfunc wrapper feeds a DataFrame (mlflow/onnx/__init__.py):
// several inputs take the columns of their names, a single input takes all columns packed as [N, k]; float64 becomes float32 only
// for inputs declared so. Any other difference of type is refused, as the runtime does.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';
import type { GraphValue } from './types.js';

interface FeedTensor {
  readonly name: string;
  readonly type: string;
  readonly data: Float64Array | Float32Array | BigInt64Array | Int32Array | Uint8Array | readonly string[];
  readonly dims: readonly number[];
}

export function toTensors(table: Table, inputs: readonly GraphValue[]): FeedTensor[] {
  if (inputs.length === 1) {
    const [input] = inputs;
    const [column] = table.columns;
    if (table.columns.length === 1 && column) return [single(column, input!, table.rows)];
    return [packed(table, input!)];
  }
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  return inputs.map((input) => {
    const column = byName.get(input.name);
    if (column === undefined)
      throw refused(`the model takes ${JSON.stringify(input.name)}, but the table has no such column`);
    return single(column, input, table.rows);
  });
}

/** [N], or [N, 1] for an input of rank 2. */
function single(column: Column, input: GraphValue, rows: number): FeedTensor {
  if (column.type === 'object') return nested(column.values, input, column.name, rows);
  const dims = input.shape.length === 1 ? [rows] : [rows, ...input.shape.slice(1).map(() => 1)];
  return cast(values(column), input, dims, column.name);
}

type Plain = { readonly type: string; readonly data: FeedTensor['data'] };

const TYPES = {
  double: 'float64',
  float: 'float32',
  long: 'int64',
  integer: 'int32',
  boolean: 'bool',
  string: 'string',
} as const;

function values(column: Column): Plain {
  if (column.type === 'datetime' || column.type === 'binary' || column.type === 'object') {
    throw refused(
      `the column ${JSON.stringify(column.name)} is ${column.type}, which ONNX has no type for`,
      'MODEL_UNSUPPORTED',
    );
  }
  const isMissing = column.nulls?.includes(1) ?? false;
  if (isMissing && column.type !== 'double' && column.type !== 'float' && column.type !== 'string') {
    throw refused(
      `the column ${JSON.stringify(column.name)} is ${column.type} and has missing values, which a tensor cannot hold`,
    );
  }
  return { type: TYPES[column.type], data: column.values };
}

function cast({ type, data }: Plain, input: GraphValue, dims: readonly number[], column: string): FeedTensor {
  const wanted = input.elementType;
  if (type === wanted) return { name: input.name, type, data, dims };
  if (type === 'float64' && wanted === 'float32') {
    return { name: input.name, type: wanted, data: Float32Array.from(data as Float64Array), dims };
  }
  throw refused(`the input ${JSON.stringify(input.name)} takes ${wanted}, but ${column} is ${type}`);
}

/** All columns side by side, in their order, of numpy's common type. */
function packed(table: Table, input: GraphValue): FeedTensor {
  const width = table.columns.length;
  const columns = table.columns.map(values);
  const types = new Set(columns.map(({ type }) => type));
  const name = `the table of ${width} columns`;
  const [only] = types;
  const all = types.size === 1 ? only! : numpyCommon(types);
  if (all === null)
    throw refused(
      `the input ${JSON.stringify(input.name)} takes one tensor of ${input.elementType}, but the columns are ${[...types].join(' and ')}`,
    );
  const size = table.rows * width;
  const dims = [table.rows, width];
  if (all === 'string') {
    const texts = new Array<string>(size);
    columns.forEach(({ data }, c) => {
      for (let r = 0; r < table.rows; r++) texts[r * width + c] = data[r] as string;
    });
    return cast({ type: all, data: texts }, input, dims, name);
  }
  if (all === 'int64') {
    const longs = new BigInt64Array(size);
    columns.forEach(({ data }, c) => {
      for (let r = 0; r < table.rows; r++) longs[r * width + c] = BigInt(data[r] as bigint | number);
    });
    return cast({ type: all, data: longs }, input, dims, name);
  }
  const made = { float64: Float64Array, float32: Float32Array, int32: Int32Array, bool: Uint8Array }[all as 'float64'];
  // Rounds once from float64 to float32, as numpy's astype does.
  const direct = all === 'float64' && input.elementType === 'float32';
  const numbers = direct ? new Float32Array(size) : new made(size);
  columns.forEach(({ data }, c) => {
    for (let r = 0; r < table.rows; r++) numbers[r * width + c] = Number(data[r]);
  });
  return cast({ type: direct ? 'float32' : all, data: numbers }, input, dims, name);
}

/** What pandas' DataFrame.values makes of columns of several types; null: Python objects. */
function numpyCommon(types: ReadonlySet<string>): string | null {
  if (types.has('string') || types.has('bool')) return null;
  return types.has('float64') || types.has('float32') ? 'float64' : 'int64';
}

/** Rows that are lists (a tensor signature): [N, …], of the graph's own type. */
function nested(rows: readonly unknown[], input: GraphValue, column: string, count: number): FeedTensor {
  const inner: number[] = [];
  for (let at = rows[0]; Array.isArray(at) || ArrayBuffer.isView(at); at = (at as unknown[])[0])
    inner.push((at as unknown[]).length);
  if (count === 0) inner.push(...input.shape.slice(1).map((size) => Math.max(size, 0)));
  const flat: unknown[] = [];
  const add = (value: unknown, depth: number): void => {
    if (depth === inner.length) {
      if (typeof value === 'object' && value !== null)
        throw refused(
          `the column ${JSON.stringify(column)} holds ${Array.isArray(value) ? 'lists of different depth' : 'objects'}`,
        );
      flat.push(value);
      return;
    }
    const list = value as ArrayLike<unknown>;
    if ((!Array.isArray(value) && !ArrayBuffer.isView(value)) || list.length !== inner[depth]) {
      throw refused(`the column ${JSON.stringify(column)} holds lists of different lengths`);
    }
    for (let i = 0; i < list.length; i++) add(list[i], depth + 1);
  };
  for (const row of rows) add(row, 0);
  const dims = [count, ...inner];
  switch (input.elementType) {
    case 'float64':
      return { name: input.name, type: 'float64', data: Float64Array.from(flat, Number), dims };
    case 'float32':
      return { name: input.name, type: 'float32', data: Float32Array.from(flat, Number), dims };
    case 'int32':
      return { name: input.name, type: 'int32', data: Int32Array.from(flat, Number), dims };
    case 'int64':
      return { name: input.name, type: 'int64', data: BigInt64Array.from(flat, (v) => BigInt(v as number)), dims };
    case 'bool':
      return { name: input.name, type: 'bool', data: Uint8Array.from(flat, (v) => (v ? 1 : 0)), dims };
    case 'string':
      return { name: input.name, type: 'string', data: flat.map(String), dims };
    default:
      throw refused(
        `the input ${JSON.stringify(input.name)} takes ${input.elementType}, which mlctl cannot feed`,
        'MODEL_UNSUPPORTED',
      );
  }
}

function refused(message: string, code: 'MODEL_FAILED' | 'MODEL_UNSUPPORTED' = 'MODEL_FAILED'): MlctlError {
  return new MlctlError(code, `feeding the model: ${message}`, { hint: 'mlctl load shows what the model takes' });
}
