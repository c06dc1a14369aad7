// Turns the columns a model takes into graph inputs: one a column, [N] (a single column: [N,1], which is how MLflow's pyfunc feeds it).

import { DATA_TYPE } from '../../data/element-types.js';
import { MlctlError } from '../../errors/error.js';
import type { FeatureColumn } from '../../estimators/feature-column.js';
import { PYTHON_MISSING } from '../../estimators/missing-texts.js';
import { faultOfText } from '../../text/fault-of-text.js';
import type { ValueInfoProto } from '../graph.js';
import { type Feature, rowsOf } from './features.js';
import type { GraphBuilder } from './graph-builder.js';

const ELEMENT = {
  double: DATA_TYPE.DOUBLE,
  long: DATA_TYPE.INT64,
  boolean: DATA_TYPE.BOOL,
  string: DATA_TYPE.STRING,
} as const;

export function valueInfo(
  name: string,
  type: FeatureColumn['type'],
  shape: readonly (string | bigint)[],
): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: ELEMENT[type], shape: { dim } } } };
}

export function inputInfos(columns: readonly FeatureColumn[]): ValueInfoProto[] {
  const shape = columns.length === 1 ? ['N', 1n] : ['N'];
  return columns.map((column) => valueInfo(column.name, column.type, shape));
}

/** All values of a graph share one name space, and the runtime takes names as C strings. */
export function checkNames(inputs: readonly string[], outputs: readonly string[]): void {
  const taken = new Set(outputs);
  for (const name of inputs) {
    const fault = faultOfText(name);
    const problem =
      name === ''
        ? 'is empty'
        : fault !== null
          ? `holds ${fault}`
          : outputs.includes(name)
            ? 'is the name of an output'
            : taken.has(name)
              ? 'occurs twice'
              : null;
    if (problem !== null) {
      throw new MlctlError(
        'COLUMN_NAME_UNUSABLE',
        `writing the model as ONNX: the name of the feature column ${JSON.stringify(name)} ${problem}`,
        {
          hint: 'rename the column in the data',
          details: { column: name },
        },
      );
    }
    taken.add(name);
  }
}

/** Casts and stacks the inputs: numbers of any type become one tensor [k, N] of float64, text stays text. */
export function inputFeatures(
  graph: GraphBuilder,
  columns: readonly { readonly name: string; readonly type: string; readonly required: boolean }[],
): Feature[] {
  const single = columns.length === 1;
  const numbers = columns.filter((column) => column.type !== 'string');
  const asDouble = numbers.map((column) =>
    column.type === 'double'
      ? column.name
      : graph.node('Cast', [column.name], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } }),
  );
  const features = new Map<string, Feature>();
  if (numbers.length > 0) {
    const stacked = asDouble.length === 1 ? asDouble[0]! : graph.node('Concat', asDouble, { attributes: { axis: 0n } });
    const shape = graph.int64s('shape', [2], [BigInt(numbers.length), -1n]);
    const tensor = graph.node('Reshape', [stacked, shape]);
    for (const feature of rowsOf(
      tensor,
      numbers.map((column) => column.name),
    ))
      features.set(feature.name, feature);
  }
  for (const { name, type, required } of columns) {
    if (type !== 'string') continue;
    const tensor = single ? graph.node('Reshape', [name, graph.int64s('shape', [1], [-1n])]) : name;
    features.set(name, { type: 'text', name, tensor: required ? tensor : withoutPythonMissing(graph, tensor) });
  }
  return columns.map((column) => features.get(column.name)!);
}

/** A missing text is the empty text; Python's onnxruntime writes a word for it, so Python would get another answer. */
function withoutPythonMissing(graph: GraphBuilder, tensor: string): string {
  const isWord = graph.node('LabelEncoder', [tensor], {
    name: 'inputs/missing_in_python',
    domain: 'ai.onnx.ml',
    attributes: { keys_strings: PYTHON_MISSING, values_int64s: PYTHON_MISSING.map(() => 1n), default_int64: 0n },
  });
  const missing = graph.node('Cast', [isWord], { attributes: { to: BigInt(DATA_TYPE.BOOL) } });
  return graph.node('Where', [missing, graph.strings('missing', [1], ['']), tensor], { name: 'inputs/missing' });
}
