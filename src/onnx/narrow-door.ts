// Turns a graph with many small inputs and outputs into the same graph with few, because the runtime takes longer to hand over a
// value than to compute with it. Columns that the graph joins first are fed as one tensor, and rows that it takes out of a tensor
// last are taken out of the answer. No number is computed otherwise.
import { DATA_TYPE } from '../data/element-types.js';
import { encodeMessage } from './encode-model.js';
import type { GraphProto, ModelProto, NodeProto, ValueInfoProto } from './graph.js';
import { FIELD, firstText, rewriteGraph } from './rewrite-graph.js';
import { ConstantValues } from './scan/constant-values.js';
import { SCAN_LIMITS } from './scan/scan-limits.js';

export interface NarrowDoor {
  /** One tensor in place of inputs, their values one after the other; null: all stay. */
  readonly joined: JoinedInputs | null;
  /** Output → the tensor that answers in its place, and which of its rows. */
  readonly taken: ReadonlyMap<string, { readonly from: string; readonly index: number }>;
}

interface JoinedInputs {
  readonly name: string;
  /** ONNX's number of it. */
  readonly dataType: number;
  readonly inputs: readonly string[];
}

/** What is copied once more; in a larger graph, values that are handed over cost nothing beside it. */
const MOST_BYTES = 2 ** 22;

/** Null if there is nothing to gain. */
export function findNarrowDoor(model: ModelProto, bytes: number): NarrowDoor | null {
  const { graph = {}, functions = [] } = model;
  const nodes = graph.node ?? [];
  // Whatever stands inside a node may use a name of the graph.
  const isPlain =
    functions.length === 0 && !nodes.some(({ attribute = [] }) => attribute.some(({ g, graphs }) => g || graphs));
  if (bytes > MOST_BYTES || !isPlain) return null;
  const uses = new Map<string, number>();
  for (const { input = [] } of nodes) for (const name of input) uses.set(name, (uses.get(name) ?? 0) + 1);
  const door = { joined: findJoined(graph, nodes, uses), taken: findTaken(graph, nodes, uses) };
  return door.joined === null && door.taken.size === 0 ? null : door;
}

type Uses = ReadonlyMap<string, number>;

const isOperator = ({ domain = '', opType }: NodeProto, name: string): boolean =>
  opType === name && (domain === '' || domain === 'ai.onnx');

/** Of its axis; ONNX's own value if the node does not say. */
const axisOf = ({ attribute = [] }: NodeProto): bigint => attribute.find(({ name }) => name === 'axis')?.i ?? 0n;

/** A Concat of whole inputs, each a list of numbers that nothing else uses. */
function findJoined(
  { input = [], output = [], initializer = [] }: GraphProto,
  nodes: readonly NodeProto[],
  uses: Uses,
) {
  const fed = new Map(input.map((value) => [value.name ?? '', value]));
  for (const { name } of [...initializer, ...output]) fed.delete(name ?? '');
  const outputs = new Set(output.map(({ name }) => name));
  for (const node of nodes) {
    const { input: inputs = [], output: [name] = [] } = node;
    if (!isOperator(node, 'Concat') || axisOf(node) !== 0n || inputs.length < 2 || !name || outputs.has(name)) continue;
    const [first] = inputs;
    const type = numbersOf(fed.get(first!));
    const isWhole = type !== null && inputs.every((one) => uses.get(one) === 1 && numbersOf(fed.get(one)) === type);
    if (isWhole) return { name, dataType: type, inputs };
  }
  return null;
}

/** The element type of a list of numbers; null for anything else. */
function numbersOf(value: ValueInfoProto | undefined): number | null {
  const { elemType, shape } = value?.type?.tensorType ?? {};
  if (elemType === undefined || elemType === DATA_TYPE.STRING || shape?.dim?.length !== 1) return null;
  return shape.dim[0]!.dimValue === undefined ? elemType : null;
}

/** Outputs that are one row of a tensor each. */
function findTaken({ output = [], input = [], initializer = [] }: GraphProto, nodes: readonly NodeProto[], uses: Uses) {
  const outputs = new Set(output.map(({ name }) => name ?? ''));
  const scalars = new Set(initializer.filter(({ dims = [] }) => dims.length === 0).map(({ name }) => name ?? ''));
  const given = new Set([...input, ...initializer].map(({ name }) => name ?? ''));
  const constants = new ConstantValues(SCAN_LIMITS);
  const scope = { nodes, initializers: initializer, inputs: [], parent: null };
  const taken = new Map<string, { from: string; index: number }>();
  for (const node of nodes) {
    const { input: [from = '', at = ''] = [], output: [name = ''] = [] } = node;
    if (!isOperator(node, 'Gather') || axisOf(node) !== 0n || !outputs.has(name) || uses.has(name)) continue;
    if (given.has(from) || !scalars.has(at)) continue;
    const index = Number(constants.of(at, scope)?.[0] ?? -1n);
    if (index >= 0) taken.set(name, { from, index });
  }
  const shared = new Map<string, number>();
  for (const { from } of taken.values()) shared.set(from, (shared.get(from) ?? 0) + 1);
  // One row alone is handed over faster than all of them.
  for (const [name, { from }] of taken) if (shared.get(from) === 1 && !outputs.has(from)) taken.delete(name);
  return taken;
}

export function withNarrowDoor(bytes: Uint8Array, { joined, taken }: NarrowDoor): Uint8Array {
  const inputs = new Set(joined?.inputs);
  const said = new Set<string>();
  const once = (name: string, instead: Uint8Array | null) => {
    if (said.has(name)) return 'left out';
    said.add(name);
    return instead;
  };
  return rewriteGraph(bytes, (field) => {
    switch (field.number) {
      case FIELD.node: {
        const output = firstText(field, 2);
        return output === joined?.name || taken.has(output) ? 'left out' : null;
      }
      case FIELD.input:
        return joined !== null && inputs.has(firstText(field, 1)) ? once('', listOf(joined)) : null;
      case FIELD.output: {
        const name = firstText(field, 1);
        const from = taken.get(name)?.from;
        // The runtime infers the type of what was inside.
        return once(from ?? name, from === undefined ? null : encodeMessage('ValueInfoProto', { name: from }));
      }
      default:
        return null;
    }
  });
}

const listOf = ({ name, dataType }: JoinedInputs): Uint8Array =>
  encodeMessage('ValueInfoProto', { name, type: { tensorType: { elemType: dataType, shape: { dim: [{}] } } } });
