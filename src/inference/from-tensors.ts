// Turns the tensors of a graph into a table, one column an output. An output of N elements is a plain column, as the pyfunc
// wrapper's reshape(-1); one of [N, k, …] (which breaks Python's DataFrame) is a column of lists; a ZipMap is a column of {class:
// probability}, as Python gives it. Any other output does not have one row for each row, so it is refused.
import type { Column, Table } from '../data/table.js';
import { MlctlError } from '../errors/error.js';

interface AnswerTensor {
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
  if (data.length === rows && !classes) return flat(name, answer);
  if (dims[0] !== rows || (classes && data.length !== rows * classes.length)) {
    throw new MlctlError(
      'MODEL_FAILED',
      `running the model: the output ${JSON.stringify(name)} has the shape [${dims.join(', ')}] for ${rows} rows, expected one row out for each row in`,
    );
  }
  const width = rows === 0 ? 0 : data.length / rows;
  const plain = Array.from(flat(name, answer).values as ArrayLike<unknown>);
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

function flat(name: string, { type, data }: AnswerTensor): Column {
  switch (type) {
    case 'float64':
      return { name, type: 'double', values: data as Float64Array };
    case 'float32':
      return { name, type: 'float', values: data as Float32Array };
    case 'float16':
      return {
        name,
        type: 'float',
        values: Float32Array.from(data as ArrayLike<number>, data instanceof Uint16Array ? fromHalf : Number),
      };
    case 'int64':
      return { name, type: 'long', values: data as BigInt64Array };
    case 'int32':
      return { name, type: 'integer', values: data as Int32Array };
    case 'int8':
    case 'int16':
    case 'uint8':
    case 'uint16':
      return { name, type: 'integer', values: Int32Array.from(data as ArrayLike<number>) };
    case 'uint32':
      return { name, type: 'long', values: BigInt64Array.from(data as ArrayLike<number>, BigInt) };
    case 'uint64':
      return { name, type: 'long', values: unsigned(name, data as BigUint64Array) };
    case 'bool':
      return { name, type: 'boolean', values: data as Uint8Array };
    case 'string':
      return { name, type: 'string', values: data as unknown as string[] };
    default:
      throw new MlctlError('MODEL_UNSUPPORTED', `running the model: the output ${JSON.stringify(name)} is ${type}`);
  }
}

function unsigned(name: string, data: BigUint64Array): BigInt64Array {
  const beyond = data.find((value) => value >= 1n << 63n);
  if (beyond !== undefined) {
    throw new MlctlError(
      'MODEL_UNSUPPORTED',
      `running the model: the output ${JSON.stringify(name)} holds ${beyond}, which does not fit into a long`,
    );
  }
  return BigInt64Array.from(data);
}

/** IEEE 754 binary16. */
function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
