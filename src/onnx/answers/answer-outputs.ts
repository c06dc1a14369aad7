// Turns what a model answers into the outputs of its graph. Python's ONNX flavor flattens every output where it is given a table,
// so there an array of several columns becomes one output a column; where it is given a tensor, it answers one tensor.
import { DATA_TYPE } from '../../data/element-types.js';
import type { GraphBuilder } from '../convert/graph-builder.js';
import type { ValueInfoProto } from '../graph.js';
import type { GraphLabels, GraphPrediction, GraphScores } from './answer-converter.js';
import { noExactForm } from './no-exact-form.js';

interface OutputPlan {
  /** One output [N] a column; else one tensor for all. */
  readonly asColumns: boolean;
  /** The element type that the signature says, by its ONNX number; null: as it is. */
  readonly element: number | null;
  /** The names that the signature says; null if it says none. */
  readonly names: readonly string[] | null;
  /** Turns a name that is only for people into one that the graph does not have yet. */
  readonly free: (name: string) => string;
}

interface Column {
  /** [N] */
  readonly tensor: string;
  readonly element: number;
}

/** [N] each, and whether numpy's answer has one dimension. */
interface Answer {
  readonly columns: readonly Column[];
  readonly flat: boolean;
}

export function writeOutputs(
  graph: GraphBuilder,
  answer: GraphPrediction | GraphScores,
  plan: OutputPlan,
): ValueInfoProto[] {
  const { columns, flat } = columnsOf(graph, answer);
  if (columns.length === 0) throw noExactForm('the model', 'it answers nothing');
  const elements = columns.map((column) => plan.element ?? column.element);
  const names = namesOf(plan, columns.length, flat);
  if (flat || plan.asColumns)
    return columns.map((column, k) => {
      output(graph, column, elements[k]!, names[k]!);
      return info(names[k]!, elements[k]!, ['N']);
    });
  const rows = columns.map(({ tensor }) => graph.node('Unsqueeze', [tensor, graph.int64s('axes', [1], [1n])]));
  const tensor = graph.node('Concat', rows, { attributes: { axis: 1n } });
  const [name] = names;
  output(graph, { tensor, element: columns[0]!.element }, elements[0]!, name!);
  return [info(name!, elements[0]!, ['N', BigInt(columns.length)])];
}

/** MLflow gives the array itself, which has no names. */
function namesOf({ names, asColumns, free }: OutputPlan, count: number, flat: boolean): readonly string[] {
  if (flat || !asColumns || count === 1) return [names?.[0] ?? free('prediction')];
  if (names?.length === count) return names;
  return Array.from({ length: count }, (_, k) => free(`prediction_${k}`));
}

function output(graph: GraphBuilder, { tensor, element }: Column, wanted: number, name: string): void {
  if (wanted === element) graph.node('Identity', [tensor], {}, name);
  else graph.node('Cast', [tensor], { attributes: { to: BigInt(wanted) } }, name);
}

function info(name: string, elemType: number, shape: readonly (string | bigint)[]): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}

function columnsOf(graph: GraphBuilder, answer: GraphPrediction | GraphScores): Answer {
  if (!('role' in answer) || answer.role === 'regressor') return scoreColumns(graph, answer);
  switch (answer.role) {
    case 'classifier':
      return { columns: [labelColumn(graph, answer)], flat: true };
    case 'clusterer':
      return { columns: [{ tensor: answer.clusters, element: DATA_TYPE.INT64 }], flat: true };
    case 'outputs':
      return { columns: answer.outputs.map((one) => labelColumn(graph, one)), flat: false };
  }
}

function scoreColumns(graph: GraphBuilder, { tensor, width }: GraphScores): Answer {
  const columns = Array.from({ length: width ?? 1 }, (_, k): Column => {
    const row = graph.node('Gather', [tensor, graph.int64s('column', [], [BigInt(k)])], { attributes: { axis: 0n } });
    return { tensor: row, element: DATA_TYPE.DOUBLE };
  });
  return { columns, flat: width === null };
}

function labelColumn(graph: GraphBuilder, { classes, codes }: GraphLabels): Column {
  const { length } = classes.values;
  const gather = (table: string, element: number): Column => ({
    tensor: graph.node('Gather', [table, codes], { name: 'label', attributes: { axis: 0n } }),
    element,
  });
  switch (classes.type) {
    case 'long':
      return gather(graph.int64s('classes', [length], classes.values), DATA_TYPE.INT64);
    case 'string':
      return gather(graph.strings('classes', [length], classes.values), DATA_TYPE.STRING);
    case 'double':
      return gather(graph.doubles('classes', [length], classes.values), DATA_TYPE.DOUBLE);
    case 'boolean':
      return gather(graph.booleans('classes', [length], classes.values), DATA_TYPE.BOOL);
  }
}
