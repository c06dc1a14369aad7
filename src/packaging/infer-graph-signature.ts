// Turns the inputs and outputs of an ONNX graph into a signature: columns if each input is one value a row, else tensors.
import type { ValueFacts } from '../onnx/inspect.js';
import type { ColumnSpec, ScalarName, Schema, Signature, TensorSpec } from '../schema/types.js';

const SCALARS: Readonly<Record<string, ScalarName>> = {
  float64: 'double',
  float32: 'float',
  int64: 'long',
  int32: 'integer',
  bool: 'boolean',
  string: 'string',
};

/** One value a row: [N], [N,1], or no shape given. */
const isColumn = ({ shape, elementType }: ValueFacts): boolean =>
  elementType in SCALARS &&
  (shape === null || shape.length === 0 || shape.slice(1).every((size) => size === 1)) &&
  (shape?.length ?? 1) <= 2;

const column = (name: string, elementType: string): ColumnSpec => ({
  name,
  type: { kind: 'scalar', scalar: SCALARS[elementType] ?? 'double' },
  required: true,
});

/** The first dimension counts the rows, whatever the graph was exported with. */
const tensor = ({ name, elementType, shape }: ValueFacts, named: boolean): TensorSpec => ({
  name: named ? name : undefined,
  dtype: elementType === 'string' ? 'str' : elementType,
  shape: [-1, ...(shape ?? [-1]).slice(1)],
});

function schemaOf(values: readonly ValueFacts[], names: readonly string[] | null): Schema | null {
  // A signature cannot describe a sequence of maps (skl2onnx's ZipMap).
  if (values.length === 0 || values.some((value) => value.elementType.includes('('))) return null;
  if (values.every(isColumn))
    return { kind: 'columns', columns: values.map((value) => column(value.name, value.elementType)) };
  const [only] = values;
  if (
    values.length === 1 &&
    only &&
    names !== null &&
    only.shape?.length === 2 &&
    [-1, names.length].includes(only.shape[1] ?? -1)
  ) {
    // All columns side by side in one input: their names come from the example. float32 inputs take doubles, as in Python.
    const type = only.elementType === 'float32' ? 'float64' : only.elementType;
    if (type in SCALARS) return { kind: 'columns', columns: names.map((name) => column(name, type)) };
  }
  return { kind: 'tensors', tensors: values.map((value) => tensor(value, values.length > 1)) };
}

/** `columnNames`: of the input example, if it has names. Null if the graph does not say enough. */
export function inferGraphSignature(
  inputs: readonly ValueFacts[],
  outputs: readonly ValueFacts[],
  columnNames: readonly string[] | null,
): Signature | null {
  const taken = schemaOf(inputs, columnNames);
  return taken === null ? null : { inputs: taken, outputs: schemaOf(outputs, null), params: null };
}
