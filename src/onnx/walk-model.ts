// Turns a ModelProto into every node and tensor in it: also those in attributes, functions and training information.
import type {
  AttributeProto,
  FunctionProto,
  GraphProto,
  ModelProto,
  NodeProto,
  SparseTensorProto,
  TensorProto,
} from './graph.js';

/** Where something is, outermost last; made into words only when needed. */
export interface Place {
  readonly parent: Place | null;
  readonly kind: string;
  readonly name: string;
}

interface Visitor {
  node?(node: NodeProto, place: Place, scope: Scope): void;
  tensor?(tensor: TensorProto, place: Place): void;
  sparseTensor?(tensor: SparseTensorProto, place: Place): void;
}

/** The nodes and constants that a name may refer to: those of this graph, then those of the graphs around it. */
export interface Scope {
  readonly parent: Scope | null;
  readonly nodes: readonly NodeProto[];
  readonly initializers: readonly TensorProto[];
  readonly inputs: readonly string[];
}

export function describePlace(place: Place): string {
  const parts: string[] = [];
  for (let at: Place | null = place; at; at = at.parent)
    parts.unshift(`${at.kind}${at.name === '' ? '' : ` ${JSON.stringify(at.name.slice(0, 200))}`}`);
  return parts.join(' / ');
}

export function walkModel(model: ModelProto, visitor: Visitor): void {
  if (model.graph) walkGraph(model.graph, { parent: null, kind: 'graph', name: model.graph.name ?? '' }, null, visitor);
  for (const training of model.trainingInfo ?? []) {
    const place = { parent: null, kind: 'training_info', name: '' };
    if (training.initialization)
      walkGraph(training.initialization, { parent: place, kind: 'initialization', name: '' }, null, visitor);
    if (training.algorithm)
      walkGraph(training.algorithm, { parent: place, kind: 'algorithm', name: '' }, null, visitor);
  }
  for (const fn of model.functions ?? []) walkFunction(fn, visitor);
}

export function walkFunction(fn: FunctionProto, visitor: Visitor): void {
  const place = { parent: null, kind: 'function', name: fn.name ?? '' };
  const scope = { parent: null, nodes: fn.node ?? [], initializers: [], inputs: fn.input ?? [] };
  for (const node of scope.nodes) walkNode(node, place, scope, visitor);
  for (const attribute of fn.attributeProto ?? []) walkAttribute(attribute, place, scope, visitor);
}

function walkGraph(graph: GraphProto, place: Place, parent: Scope | null, visitor: Visitor): void {
  const scope = {
    parent,
    nodes: graph.node ?? [],
    initializers: graph.initializer ?? [],
    inputs: (graph.input ?? []).map((input) => input.name ?? ''),
  };
  for (const tensor of scope.initializers)
    visitor.tensor?.(tensor, { parent: place, kind: 'initializer', name: tensor.name ?? '' });
  for (const tensor of graph.sparseInitializer ?? []) {
    walkSparse(tensor, { parent: place, kind: 'sparse_initializer', name: tensor.values?.name ?? '' }, visitor);
  }
  for (const node of scope.nodes) walkNode(node, place, scope, visitor);
}

function walkNode(node: NodeProto, parent: Place, scope: Scope, visitor: Visitor): void {
  const place = { parent, kind: `node ${node.opType ?? ''}`.trim(), name: node.name || (node.output?.[0] ?? '') };
  visitor.node?.(node, place, scope);
  for (const attribute of node.attribute ?? []) walkAttribute(attribute, place, scope, visitor);
}

function walkAttribute(attribute: AttributeProto, parent: Place, scope: Scope, visitor: Visitor): void {
  const { t, g, tensors, graphs, sparseTensor, sparseTensors } = attribute;
  if (!(t || g || tensors || graphs || sparseTensor || sparseTensors)) return;
  const place = { parent, kind: 'attribute', name: attribute.name ?? '' };
  if (t) visitor.tensor?.(t, place);
  for (const tensor of tensors ?? []) visitor.tensor?.(tensor, place);
  if (sparseTensor) walkSparse(sparseTensor, place, visitor);
  for (const tensor of sparseTensors ?? []) walkSparse(tensor, place, visitor);
  if (g) walkGraph(g, place, scope, visitor);
  for (const graph of graphs ?? []) walkGraph(graph, place, scope, visitor);
}

function walkSparse(tensor: SparseTensorProto, place: Place, visitor: Visitor): void {
  visitor.sparseTensor?.(tensor, place);
  if (tensor.values) visitor.tensor?.(tensor.values, { parent: place, kind: 'values', name: '' });
  if (tensor.indices) visitor.tensor?.(tensor.indices, { parent: place, kind: 'indices', name: '' });
}
