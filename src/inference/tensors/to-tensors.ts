// Turns a table into the tensors a graph takes, as mlflow.onnx's pyfunc wrapper feeds a DataFrame (mlflow/onnx/__init__.py):
// several inputs take the columns of their names, a single input takes all columns packed as [N, k]; float64 becomes float32 only
// for inputs declared so. Any other difference of type is refused, as the runtime does. Object columns (nested lists, and the
// data of a model without a signature) have no type of their own, so they are read by the graph's.
import { type ElementType, elementOfColumn, elementType } from '../../data/element-types.js';
import type { Column, Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';
import { plural } from '../../text/numbers.js';
import type { GraphValue } from '../types.js';
import { type TensorData, TensorWriter } from './tensor-writer.js';

export interface FeedTensor {
  readonly name: string;
  readonly type: string;
  readonly data: TensorData;
  readonly dims: readonly number[];
}

export function toTensors(table: Table, inputs: readonly GraphValue[]): FeedTensor[] {
  return feeds(table, inputs).map((feed, i) => fitting(feed, inputs[i]!, table.rows));
}

function feeds(table: Table, inputs: readonly GraphValue[]): FeedTensor[] {
  if (inputs.length === 1) {
    const [input] = inputs;
    const [column] = table.columns;
    return [table.columns.length === 1 && column ? single(column, input!, table.rows) : packed(table, input!)];
  }
  const { columns } = table;
  // Mostly they come in the order of the inputs.
  const isInOrder = columns.length === inputs.length && columns.every(({ name }, i) => name === inputs[i]!.name);
  const byName = isInOrder ? null : new Map(columns.map((column) => [column.name, column]));
  return inputs.map((input, i) => {
    const column = byName === null ? columns[i] : byName.get(input.name);
    if (column === undefined)
      throw refused(`the model takes ${JSON.stringify(input.name)}, but the table has no such column`);
    return single(column, input, table.rows);
  });
}

/** One value a row: [N], [N, 1] for an input of rank 2, and one value alone for an input without dimensions. */
function flatDims({ shape }: GraphValue, rows: number): number[] {
  if (shape === null || shape.length === 1) return [rows];
  return shape.length === 0 && rows === 1 ? [] : [rows, ...shape.slice(1).map(() => 1)];
}

function single(column: Column, input: GraphValue, rows: number): FeedTensor {
  if (column.type === 'object') return nested(column.values, input, column.name, rows);
  return cast(plain(column), input, flatDims(input, rows), column.name, rows);
}

interface Plain {
  readonly element: ElementType;
  readonly data: ArrayLike<unknown>;
}

/** The values of a typed column. */
function plain(column: Column): Plain {
  const element = elementOfColumn(column.type);
  if (element === undefined) {
    throw refused(
      `the column ${JSON.stringify(column.name)} is ${column.type}, which ONNX has no type for`,
      'MODEL_UNSUPPORTED',
    );
  }
  const isMissing = column.nulls?.includes(1) ?? false;
  if (isMissing && element.runs!.kind !== 'float' && element.runs!.kind !== 'text') {
    throw refused(
      `the column ${JSON.stringify(column.name)} is ${column.type} and has missing values, which a tensor cannot hold`,
    );
  }
  return { element, data: column.values };
}

const wantedBy = ({ name, elementType: type }: GraphValue): ElementType => {
  const element = elementType(type);
  if (element?.runs) return element;
  throw refused(`the input ${JSON.stringify(name)} takes ${type}, which mlctl cannot feed`, 'MODEL_UNSUPPORTED');
};

function cast(
  { element, data }: Plain,
  input: GraphValue,
  dims: readonly number[],
  column: string,
  rows: number,
): FeedTensor {
  const wanted = wantedBy(input);
  const feed = (tensor: TensorData): FeedTensor => ({ name: input.name, type: wanted.name, data: tensor, dims });
  // What the table holds is what the runtime takes; texts are looked at one by one, because it cuts them at a NUL.
  if (element === wanted && element.runs!.kind !== 'text') return feed(data as TensorData);
  // A column of the signature's small integers or halves; Python casts doubles for an input of floats.
  if (element.runs!.column !== wanted.runs!.column && !(element.name === 'float64' && wanted.name === 'float32'))
    throw refused(`the input ${JSON.stringify(input.name)} takes ${wanted.name}, but ${column} is ${element.name}`);
  if (wanted.name === 'float32') return feed(Float32Array.from(data as ArrayLike<number>));
  const writer = new TensorWriter(wanted, input.name, rows, data.length);
  for (let i = 0; i < data.length; i++) writer.add(data[i]);
  return feed(writer.data);
}

/** All columns side by side, in their order, of numpy's common type; or of the graph's, if they have none. */
function packed(table: Table, input: GraphValue): FeedTensor {
  const width = table.columns.length;
  const size = table.rows * width;
  const dims = [table.rows, width];
  if (table.columns.some(({ type }) => type === 'object')) {
    const writer = new TensorWriter(wantedBy(input), input.name, table.rows, size);
    for (let r = 0; r < table.rows; r++) for (const { values } of table.columns) writer.add(values[r]);
    return { name: input.name, type: input.elementType, data: writer.data, dims };
  }
  const columns = table.columns.map(plain);
  const types = new Set(columns.map(({ element }) => element.name));
  const name = `the table of ${width} columns`;
  const [only] = types;
  const common = types.size === 1 ? only! : numpyCommon(types);
  if (common === null)
    throw refused(
      `the input ${JSON.stringify(input.name)} takes one tensor of ${input.elementType}, but the columns are ${[...types].join(' and ')}`,
    );
  // Rounds once from float64 to float32, as numpy's astype does.
  const element = elementType(common === 'float64' && input.elementType === 'float32' ? 'float32' : common)!;
  const all = new (element.runs!.array as ArrayConstructor)(size);
  const convert = common === 'int64' ? (value: unknown) => BigInt(value as bigint | number) : Number;
  columns.forEach(({ data }, c) => {
    for (let r = 0; r < table.rows; r++) all[r * width + c] = common === 'string' ? data[r] : convert(data[r]);
  });
  return cast({ element, data: all }, input, dims, name, table.rows);
}

/** What pandas' DataFrame.values makes of columns of several types; null: Python objects. */
function numpyCommon(types: ReadonlySet<string>): string | null {
  if (types.has('string') || types.has('bool')) return null;
  return types.has('float64') || types.has('float32') ? 'float64' : 'int64';
}

/** Rows that are values or lists: [N, …], of the graph's own type. */
function nested(rows: readonly unknown[], input: GraphValue, column: string, count: number): FeedTensor {
  const inner: number[] = [];
  for (let at = rows[0]; isList(at); at = at[0]) inner.push(at.length);
  if (count === 0) inner.push(...(input.shape ?? []).slice(1).map((size) => Math.max(size, 0)));
  const size = inner.reduce((product, n) => product * n, count);
  const writer = new TensorWriter(wantedBy(input), input.name, count, size);
  const add = (value: unknown, depth: number): void => {
    if (depth === inner.length) {
      if (isList(value)) throw refused(`the column ${JSON.stringify(column)} holds lists of different depth`);
      writer.add(value);
      return;
    }
    if (!isList(value) || value.length !== inner[depth])
      throw refused(`the column ${JSON.stringify(column)} holds lists of different lengths`);
    for (let i = 0; i < value.length; i++) add(value[i], depth + 1);
  };
  for (const row of rows) add(row, 0);
  const dims = inner.length === 0 ? flatDims(input, count) : [count, ...inner];
  return { name: input.name, type: input.elementType, data: writer.data, dims };
}

const isList = (value: unknown): value is ArrayLike<unknown> => Array.isArray(value) || ArrayBuffer.isView(value);

/** The runtime refuses other shapes, too, without saying what it was given. */
function fitting(feed: FeedTensor, { name, shape }: GraphValue, rows: number): FeedTensor {
  const { dims } = feed;
  if (shape === null || (dims.length === shape.length && shape.every((size, d) => size === -1 || size === dims[d])))
    return feed;
  const input = `the input ${JSON.stringify(name)}`;
  if (dims.length === shape.length && shape.slice(1).every((size, d) => size === -1 || size === dims[d + 1])) {
    throw refused(
      `${input} takes exactly ${plural(shape[0]!, 'row')}, because the model was exported with a fixed size, but there ${rows === 1 ? 'is' : 'are'} ${plural(rows, 'row')}`,
      'MODEL_FAILED',
      `send ${plural(shape[0]!, 'row')} at a time, or export the model with a dynamic first dimension`,
    );
  }
  throw refused(`${input} takes the shape [${shape.join(', ')}], but the rows have [${dims.join(', ')}]`);
}

function refused(
  message: string,
  code: 'MODEL_FAILED' | 'MODEL_UNSUPPORTED' = 'MODEL_FAILED',
  hint = 'mlctl load shows what the model takes',
): MlctlError {
  return new MlctlError(code, `feeding the model: ${message}`, { hint });
}
