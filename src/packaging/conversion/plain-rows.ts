// Turns a signature into a few plain rows of its types, for a model that was logged without an example.
import type { Column, Table } from '../../data/table.js';
import type { ModelInputs } from '../../onnx/convert-model.js';

const NUMBERS = [0, 1, -1, 10] as const;

/** `width`: the features of a tensor. */
export function plainRows(inputs: ModelInputs, width: number): Table {
  const rows = NUMBERS.length;
  if (inputs.kind === 'columns')
    return { rows, columns: inputs.columns.map(({ name, element }) => plainColumn(name, element.runs!.column)) };
  const values = NUMBERS.map((number) => new Array<number>(width).fill(number));
  return { rows, columns: [{ name: inputs.name, type: 'object', values }] };
}

function plainColumn(name: string, type: Column['type']): Column {
  switch (type) {
    case 'float':
      return { name, type, values: Float32Array.from(NUMBERS) };
    case 'integer':
      return { name, type, values: Int32Array.from(NUMBERS) };
    case 'long':
      return { name, type, values: BigInt64Array.from(NUMBERS, BigInt) };
    case 'boolean':
      return { name, type, values: Uint8Array.from(NUMBERS, (number) => Number(number > 0)) };
    case 'string':
      return { name, type, values: NUMBERS.map(String) };
    default:
      return { name, type: 'double', values: Float64Array.from(NUMBERS) };
  }
}
