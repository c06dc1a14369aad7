// Collects nodes and constants of one graph, and creates names that differ from all names of columns and outputs.
import {
  ATTRIBUTE,
  type AttributeProto,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from '../graph.js';
import { bytesTensor, doubleTensor, int64Tensor, stringTensor } from './tensors.js';

type AttributeValue = bigint | readonly bigint[] | BigInt64Array | readonly string[] | TensorProto;

interface NodeOptions {
  /** Names the node in the runtime's error messages; the operator's name if left out. */
  readonly name?: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, AttributeValue>>;
}

const utf8 = new TextEncoder();

export class GraphBuilder {
  readonly #nodes: NodeProto[] = [];
  readonly #initializers: TensorProto[] = [];
  readonly #taken: Set<string>;
  readonly #nodeNames = new Set<string>();

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** Adds a node with one output and returns the output's name: `output`, or a new one. */
  node(opType: string, inputs: readonly string[], options: NodeOptions = {}, output?: string): string {
    const result = output ?? this.#fresh(opType.toLowerCase());
    this.#nodes.push({
      input: inputs,
      output: [result],
      name: free(options.name ?? opType, this.#nodeNames),
      opType,
      ...(options.attributes && {
        attribute: Object.entries(options.attributes).map(([name, value]) => attribute(name, value)),
      }),
      ...(options.domain && { domain: options.domain }),
    });
    return result;
  }

  doubles(hint: string, dims: readonly number[], values: ArrayLike<number>): string {
    return this.#constant(doubleTensor(this.#fresh(hint), dims, values));
  }

  int64s(hint: string, dims: readonly number[], values: ArrayLike<bigint>): string {
    return this.#constant(int64Tensor(this.#fresh(hint), dims, values));
  }

  booleans(hint: string, dims: readonly number[], values: readonly boolean[]): string {
    return this.#constant(bytesTensor(this.#fresh(hint), dims, values));
  }

  strings(hint: string, dims: readonly number[], values: readonly string[]): string {
    return this.#constant(stringTensor(this.#fresh(hint), dims, values));
  }

  finish(name: string, input: readonly ValueInfoProto[], output: readonly ValueInfoProto[]): GraphProto {
    return { name, node: this.#nodes, initializer: this.#initializers, input, output };
  }

  #constant(tensor: TensorProto): string {
    this.#initializers.push(tensor);
    return tensor.name ?? '';
  }

  #fresh(hint: string): string {
    return free(hint, this.#taken);
  }
}

function free(hint: string, taken: Set<string>): string {
  let name = hint;
  for (let i = 1; taken.has(name); i++) name = `${hint}_${i}`;
  taken.add(name);
  return name;
}

function attribute(name: string, value: AttributeValue): AttributeProto {
  if (typeof value === 'bigint') return { name, i: value, type: ATTRIBUTE.INT };
  if (value instanceof BigInt64Array) return { name, ints: value, type: ATTRIBUTE.INTS };
  if (!Array.isArray(value)) return { name, t: value as TensorProto, type: ATTRIBUTE.TENSOR };
  if (typeof value[0] === 'string')
    return { name, strings: encodeTexts(value as readonly string[]), type: ATTRIBUTE.STRINGS };
  return { name, ints: value as readonly bigint[], type: ATTRIBUTE.INTS };
}

/** Equal texts share their bytes: a tree has millions of them, but only two different ones. */
function encodeTexts(texts: readonly string[]): Uint8Array[] {
  const known = new Map(Array.from(new Set(texts), (text) => [text, utf8.encode(text)]));
  return texts.map((text) => known.get(text)!);
}
