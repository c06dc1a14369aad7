// Turns the tensors of a graph into a table, one column an output. An output of N elements is a plain column, as the pyfunc
// wrapper's reshape(-1); one of [N, k, …] (which breaks Python's DataFrame) is a column of lists; a ZipMap is a column of {class:
// probability}, as Python gives it. Any other output does not have one row for each row, so it is refused.
import { type ElementType, elementType } from '../../data/element-types.js';
import { halfValue } from '../../data/half-float.js';
import type { Column, Table } from '../../data/table.js';
import { MlctlError } from '../../errors/error.js';

export interface AnswerTensor {
  readonly type: string;
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];
}

export function fromTensors(
  outputs: readonly { name: string; classes: readonly string[] | null }[],
  answers: readonly AnswerTensor[],
  rows: number,
): Table {
  return { rows, columns: outputs.map(({ name, classes }, i) => column(name, classes, answers[i]!, rows)) };
}

function column(name: string, classes: readonly string[] | null, answer: AnswerTensor, rows: number): Column {
  const { data, dims } = answer;
  const element = elementType(answer.type);
  if (!element?.runs)
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `running the model: the output ${JSON.stringify(name)} is ${answer.type}`,
    );
  if (data.length === rows && !classes) return { name, ...flat(element, data) } as Column;
  if (dims[0] !== rows || (classes && data.length !== rows * classes.length)) {
    throw new MlctlError(
      'MODEL_FAILED',
      `running the model: the output ${JSON.stringify(name)} has the shape [${dims.join(', ')}] for ${rows} rows, expected one row out for each row in`,
    );
  }
  const width = rows === 0 ? 0 : data.length / rows;
  const plain = plainValues(element, data);
  const values = Array.from({ length: rows }, (_, r) => {
    const row = plain.slice(r * width, (r + 1) * width);
    return classes ? keyed(classes, row) : nest(row, dims.slice(1));
  });
  return { name, type: 'object', values };
}

/** Class names are data: no prototype. */
function keyed(classes: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  classes.forEach((label, i) => {
    object[label] = row[i];
  });
  return object;
}

function nest(flatRow: readonly unknown[], dims: readonly number[]): unknown {
  if (dims.length <= 1) return flatRow;
  const [count = 0, ...inner] = dims;
  const step = flatRow.length / Math.max(count, 1);
  return Array.from({ length: count }, (_, i) => nest(flatRow.slice(i * step, (i + 1) * step), inner));
}

/** One value a row. */
function flat(element: ElementType, data: ArrayLike<unknown>): { type: Column['type']; values: ArrayLike<unknown> } {
  const type = element.runs!.column;
  if (element.runs!.exact) return { type, values: data };
  switch (type) {
    case 'float':
      return { type, values: Float32Array.from(plainValues(element, data) as number[]) };
    case 'integer':
      return { type, values: Int32Array.from(data as ArrayLike<number>) };
    case 'long':
      return { type, values: BigInt64Array.from(data as ArrayLike<number>, BigInt) };
    default:
      return { type, values: plainValues(element, data) };
  }
}

/** Without a typed array to say what they are: numbers, bigints, texts and booleans. */
function plainValues({ name }: ElementType, data: ArrayLike<unknown>): unknown[] {
  if (name === 'bool') return Array.from(data, (value) => value === 1);
  // A runtime of JavaScript with Float16Array gives the numbers themselves.
  if (name === 'float16' && data instanceof Uint16Array) return Array.from(data, halfValue);
  return Array.from(data);
}
