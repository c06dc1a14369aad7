// Turns a graph's inputs and outputs and a signature into sentences, one for each difference; none if they agree. A signature may
// name fewer outputs than the graph has, as MLflow allows: nobody relies on the others.
import { elementOfColumn, elementOfDtype } from '../data/element-types.js';
import type { ColumnSpec, Schema, Signature } from '../schema/types.js';
import { listedWidth } from './listed-columns.js';
import type { GraphValue } from './types.js';

export function compareGraphWithSignature(
  inputs: readonly GraphValue[],
  outputs: readonly GraphValue[],
  signature: Signature,
): string[] {
  return [
    ...(signature.inputs ? compareInputs(inputs, signature.inputs) : []),
    ...(signature.outputs ? compareOutputs(outputs, signature.outputs) : []),
  ];
}

function compareInputs(inputs: readonly GraphValue[], schema: Schema): string[] {
  if (schema.kind === 'tensors') return compareTensors('input', inputs, schema.tensors);
  const [only] = inputs;
  const [column] = schema.columns;
  // A single input takes a single column, whatever that is called.
  if (inputs.length === 1 && only && schema.columns.length === 1 && column)
    return compareNamed('input', [only], [{ ...column, name: only.name }]);
  if (inputs.length === 1 && only && only.shape?.length === 2) return comparePacked(only, schema.columns);
  return compareNamed('input', inputs, schema.columns);
}

/** All columns go side by side into one input [N, k]. */
function comparePacked(input: GraphValue, columns: readonly ColumnSpec[]): string[] {
  const found: string[] = [];
  const width = input.shape?.[1] ?? -1;
  const needed = columns.filter((column) => column.required).length;
  if (width >= 0 && (needed > width || columns.length < width)) {
    found.push(
      `the graph's input ${JSON.stringify(input.name)} takes ${width} columns, the signature has ${columns.length}`,
    );
  }
  for (const column of columns) {
    const type = elementOf(column);
    if (type === 'string' && input.elementType !== 'string')
      found.push(
        `the signature's column ${JSON.stringify(column.name)} is string, the graph takes ${input.elementType}`,
      );
  }
  return found;
}

function compareNamed(
  what: 'input' | 'output',
  values: readonly GraphValue[],
  columns: readonly ColumnSpec[],
): string[] {
  const found: string[] = [];
  const byName = new Map(columns.map((column) => [column.name, column]));
  for (const value of values) {
    const column = byName.get(value.name);
    if (column === undefined) {
      if (what === 'output') continue;
      found.push(`the graph's ${what} ${JSON.stringify(value.name)} is not in the signature`);
      continue;
    }
    byName.delete(value.name);
    const type = elementOf(column);
    // float64 columns are cast to float32 inputs; nothing else is cast.
    const isCast = what === 'input' && type === 'float64' && value.elementType === 'float32';
    if (type !== null && type !== value.elementType && !isCast && !value.elementType.includes('(')) {
      found.push(
        `the ${what} ${JSON.stringify(value.name)} is ${value.elementType} in the graph and ${type} in the signature`,
      );
    }
    if (type !== null && value.shape?.slice(1).some((size) => size !== 1 && size !== -1)) {
      found.push(
        `the ${what} ${JSON.stringify(value.name)} has the shape [${value.shape.join(', ')}] in the graph, a column has one value a row`,
      );
    }
  }
  for (const column of byName.values()) {
    if (what === 'output' || column.required)
      found.push(`the signature's ${what} ${JSON.stringify(column.name ?? null)} is not in the graph`);
  }
  return found;
}

function compareOutputs(outputs: readonly GraphValue[], schema: Schema): string[] {
  if (schema.kind === 'tensors') {
    // one array, given column by column
    const listed = listedWidth(outputs, schema) !== null;
    const tensors = listed ? outputs.map(({ name }) => ({ ...schema.tensors[0]!, name, shape: [-1] })) : schema.tensors;
    return compareTensors('output', outputs, tensors);
  }
  if (schema.columns.every((column) => column.name === undefined)) {
    return schema.columns.length <= outputs.length
      ? []
      : [`the graph has ${outputs.length} outputs, the signature ${schema.columns.length}`];
  }
  return compareNamed('output', outputs, schema.columns);
}

function compareTensors(
  what: string,
  values: readonly GraphValue[],
  tensors: Extract<Schema, { kind: 'tensors' }>['tensors'],
): string[] {
  if (what === 'input' ? tensors.length !== values.length : tensors.length > values.length)
    return [`the graph has ${values.length} ${what}s, the signature ${tensors.length}`];
  const byName = new Map([...values].reverse().map((value) => [value.name, value]));
  return tensors.flatMap((tensor, i) => {
    const value = tensor.name === undefined ? values[i] : byName.get(tensor.name);
    if (value === undefined) return [`the signature's ${what} ${JSON.stringify(tensor.name)} is not in the graph`];
    const found: string[] = [];
    const type = elementOfDtype(tensor.dtype)?.name ?? tensor.dtype;
    const isCast = what === 'input' && type === 'float64' && value.elementType === 'float32';
    if (type !== value.elementType && !isCast && !value.elementType.includes('(')) {
      found.push(
        `the ${what} ${JSON.stringify(value.name)} is ${value.elementType} in the graph and ${tensor.dtype} in the signature`,
      );
    }
    const { shape } = value;
    if (shape === null || value.elementType.includes('(')) return found;
    // One value without dimensions is one row.
    const sizes = shape.length === 0 ? [1] : shape;
    const fits =
      sizes.length === tensor.shape.length &&
      sizes.every((size, d) => size === -1 || tensor.shape[d] === -1 || size === tensor.shape[d]);
    if (!fits)
      found.push(
        `the ${what} ${JSON.stringify(value.name)} has the shape [${shape.join(', ')}] in the graph and [${tensor.shape.join(', ')}] in the signature`,
      );
    return found;
  });
}

/** Null for types without a tensor element, which cannot be compared. */
function elementOf(column: ColumnSpec): string | null {
  return column.type.kind === 'scalar' ? (elementOfColumn(column.type.scalar)?.name ?? null) : null;
}
