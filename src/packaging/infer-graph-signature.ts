// Turns the inputs and outputs of an ONNX graph into a signature: columns if each input is one value a row, else tensors.
import { elementType } from '../data/element-types.js';
import type { ValueFacts } from '../onnx/inspect.js';
import type { ColumnSpec, ScalarName, Schema, Signature, TensorSpec } from '../schema/types.js';

/** One value a row: [N], [N,1], or no shape given. */
const isColumn = ({ shape, elementType: type }: ValueFacts): boolean =>
  scalarOf(type) !== null && (shape?.length ?? 1) <= 2 && (shape ?? []).slice(1).every((size) => size === 1);

/** Null if no type of a column holds exactly such elements. */
function scalarOf(type: string): ScalarName | null {
  const runs = elementType(type)?.runs;
  return runs?.exact ? (runs.column as ScalarName) : null;
}

const column = (name: string, type: string): ColumnSpec => ({
  name,
  type: { kind: 'scalar', scalar: scalarOf(type) ?? 'double' },
  required: true,
});

/** The first dimension counts the rows, whatever the graph was exported with. */
const tensor = ({ name, elementType: type, shape }: ValueFacts, named: boolean): TensorSpec => ({
  name: named ? name : undefined,
  dtype: elementType(type)?.runs?.dtype ?? type,
  shape: [-1, ...(shape ?? [-1]).slice(1)],
});

function schemaOf(values: readonly ValueFacts[], names: readonly string[] | null): Schema | null {
  // A signature cannot describe a sequence of maps (skl2onnx's ZipMap).
  if (values.length === 0 || values.some((value) => value.elementType.includes('('))) return null;
  const [only] = values;
  const width = only?.shape?.length === 2 ? only.shape[1]! : null;
  if (values.length === 1 && only && names !== null && width !== null && [-1, names.length].includes(width)) {
    // All columns side by side in one input: their names come from the example. float32 inputs take doubles, as in Python.
    const type = only.elementType === 'float32' ? 'float64' : only.elementType;
    if (scalarOf(type) !== null) return { kind: 'columns', columns: names.map((name) => column(name, type)) };
  }
  if (values.every(isColumn)) {
    // A single input takes the only column, whatever that is called.
    const own = values.length === 1 && names?.length === 1 ? names : values.map(({ name }) => name);
    return { kind: 'columns', columns: values.map((value, i) => column(own[i]!, value.elementType)) };
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
