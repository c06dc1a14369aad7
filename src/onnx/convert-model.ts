// Turns a model that Python made, as the value of its estimator, into the bytes of an ONNX model that takes the same table or
// tensor and gives the same answer, in float64.
import { DATA_TYPE, type ElementType } from '../data/element-types.js';
import { featureCount, type Part } from '../estimators/fitted.js';
import type { AnswerRow, GraphParts, WrittenMethod } from './answers/answer-converter.js';
import { writeOutputs } from './answers/answer-outputs.js';
import { noExactForm } from './answers/no-exact-form.js';
import { ANSWERS } from './answers/table.js';
import { type Feature, rowsOf } from './convert/features.js';
import { GraphBuilder } from './convert/graph-builder.js';
import { checkNames, inputFeatures } from './convert/inputs.js';
import { encodeModel } from './encode-model.js';
import type { ValueInfoProto } from './graph.js';

interface ModelColumn {
  readonly name: string;
  readonly element: ElementType;
  readonly required: boolean;
}

export type ModelInputs =
  /** One input a column. */
  | { readonly kind: 'columns'; readonly columns: readonly ModelColumn[] }
  /** One tensor [N, features]. */
  | { readonly kind: 'tensor'; readonly name: string; readonly element: ElementType };

export interface ModelOutputs {
  /** What the signature says of the array's elements; null if it says nothing. */
  readonly element: ElementType | null;
  readonly names: readonly string[] | null;
}

/** Throws MODEL_UNSUPPORTED if a part has no exact form in ONNX, COLUMN_NAME_UNUSABLE for a name that a graph cannot have. */
export function convertModel(
  part: Part,
  method: Exclude<WrittenMethod, 'transform'>,
  inputs: ModelInputs,
  outputs: ModelOutputs,
): Uint8Array {
  const names = inputs.kind === 'columns' ? inputs.columns.map(({ name }) => name) : [inputs.name];
  checkNames(names, outputs.names ?? []);
  const taken = new Set([...names, ...(outputs.names ?? [])]);
  const graph = new GraphBuilder(taken);
  const { features, infos } =
    inputs.kind === 'columns' ? columnInputs(graph, inputs) : tensorInput(graph, inputs, part);
  const parts = partsOf(graph);
  const made = writeOutputs(graph, parts[method](part, inOrder(part, features)), {
    asColumns: inputs.kind === 'columns',
    element: outputs.element?.number ?? null,
    names: outputs.names,
    free: (name) => (taken.has(name) ? `${name}_` : name),
  });
  return encodeModel({
    irVersion: 9n,
    producerName: 'mlctl',
    graph: graph.finish('model', infos, made),
    opsetImport: [
      { domain: '', version: 17n },
      { domain: 'ai.onnx.ml', version: 3n },
    ],
  });
}

/** An input without a type of its own is a tensor of these sizes. */
function inputInfo(
  name: string,
  { number: elemType }: ElementType,
  shape: readonly (string | bigint)[],
): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

interface Inputs {
  readonly features: readonly Feature[];
  readonly infos: readonly ValueInfoProto[];
}

/** A single column is [N, 1], which is how MLflow feeds it. */
function columnInputs(graph: GraphBuilder, { columns }: Extract<ModelInputs, { kind: 'columns' }>): Inputs {
  const shape = columns.length === 1 ? ['N', 1n] : ['N'];
  const typed = columns.map(({ name, element, required }) => ({ name, type: element.runs!.column, required }));
  return {
    features: inputFeatures(graph, typed),
    infos: columns.map(({ name, element }) => inputInfo(name, element, shape)),
  };
}

function tensorInput(
  graph: GraphBuilder,
  { name, element }: Extract<ModelInputs, { kind: 'tensor' }>,
  part: Part,
): Inputs {
  const width = featureCount(part);
  const turned = graph.node('Transpose', [name], { attributes: { perm: [1n, 0n] } });
  const infos = [inputInfo(name, element, ['N', BigInt(width)])];
  const names = Array.from({ length: width }, (_, j) => `x${j}`);
  if (element.runs!.kind === 'text') {
    const features = names.map((own, j): Feature => {
      const at = graph.int64s('column', [], [BigInt(j)]);
      return { type: 'text', name: own, tensor: graph.node('Gather', [turned, at], { attributes: { axis: 0n } }) };
    });
    return { features, infos };
  }
  const numbers =
    element.number === DATA_TYPE.DOUBLE
      ? turned
      : graph.node('Cast', [turned], { attributes: { to: BigInt(DATA_TYPE.DOUBLE) } });
  return { features: rowsOf(numbers, names), infos };
}

/** By name if the estimator knows names and the table has them, else by position. */
function inOrder({ featuresIn }: Part, features: readonly Feature[]): readonly Feature[] {
  if (!('names' in featuresIn)) return features;
  const byName = new Map(features.map((feature) => [feature.name, feature]));
  const found = featuresIn.names.map((name) => byName.get(name));
  return found.every((feature) => feature !== undefined) ? found : features;
}

type Write = (graph: GraphBuilder, part: Part, features: readonly Feature[], parts: GraphParts) => unknown;

function partsOf(graph: GraphBuilder): GraphParts {
  const rowOf = ({ kind }: Part): AnswerRow<Part> => {
    const row = ANSWERS.get(kind) as AnswerRow<Part> | undefined;
    if (row) return row;
    throw noExactForm(kind, 'mlctl does not write this class');
  };
  const write = <M extends WrittenMethod>(method: M, part: Part, features: readonly Feature[]) => {
    const write = rowOf(part)[method] as Write | undefined;
    if (!write) throw noExactForm(part.kind, `mlctl does not write its ${method}`);
    return write(graph, part, features, parts) as ReturnType<GraphParts[M]>;
  };
  const parts: GraphParts = {
    transform: (part, features) => write('transform', part, features),
    predict: (part, features) => write('predict', part, features),
    predict_proba: (part, features) => write('predict_proba', part, features),
    predict_joint_log_proba: (part, features) => write('predict_joint_log_proba', part, features),
    decision_function: (part, features) => write('decision_function', part, features),
    predict_log_proba: (part, features) => {
      if (rowOf(part).predict_log_proba) return write('predict_log_proba', part, features);
      const { tensor, width } = write('predict_proba', part, features);
      return { tensor: graph.node('Log', [tensor]), width };
    },
  };
  return parts;
}
