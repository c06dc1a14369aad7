// Turns the tensors of a graph's inputs into those of its narrow door, and the answers of the door into those of its outputs.
import { MlctlError } from '../../errors/error.js';
import type { NarrowDoor } from '../../onnx/narrow-door.js';
import type { GraphValue } from '../types.js';
import type { AnswerTensor } from './from-tensors.js';
import type { FeedTensor } from './to-tensors.js';

type Numbers = Float64Array;
type Join = (tensors: readonly FeedTensor[]) => readonly FeedTensor[];

/** Takes one tensor for each of `inputs`; those that are joined have one type and one length. */
export function joiner(inputs: readonly GraphValue[], joined: NarrowDoor['joined']): Join {
  if (joined === null) return (tensors) => tensors;
  const { name, inputs: names } = joined;
  const places = new Map(inputs.map((input, at) => [input.name, at]));
  const inOrder = names.map((input) => places.get(input)!);
  const others = inputs.flatMap((input, at) => (names.includes(input.name) ? [] : [at]));
  return (tensors) => {
    const { type, data: first } = tensors[inOrder[0]!]!;
    const size = (first as Numbers).length;
    const data = new ((first as Numbers).constructor as Float64ArrayConstructor)(size * inOrder.length);
    for (let i = 0; i < inOrder.length; i++) {
      const values = tensors[inOrder[i]!]!.data as Numbers;
      if (size === 1) data[i] = values[0]!;
      else data.set(values, i * size);
    }
    return [{ name, type, data, dims: [data.length] }, ...others.map((at) => tensors[at]!)];
  };
}

/** Row `index` of the first dimension. */
export function takeRow({ type, data, dims }: AnswerTensor, index: number, output: string): AnswerTensor {
  const [rows = 0, ...rest] = dims;
  if (index >= rows)
    throw new MlctlError(
      'MODEL_FAILED',
      `running the model: the output ${JSON.stringify(output)} is row ${index} of ${rows}`,
    );
  const size = data.length / rows;
  const [from, to] = [index * size, (index + 1) * size];
  const values = data as Numbers | unknown[];
  return { type, data: Array.isArray(values) ? values.slice(from, to) : values.subarray(from, to), dims: rest };
}
