// Turns the bytes of an ONNX file into a plain value whose parts have names, so that two graphs can be compared part by part.
import { elementType } from '../data/element-types.js';
import { decodeModel } from './decode-model.js';
import { type AttributeProto, EXTERNAL, type GraphProto, type NodeProto, type TensorProto } from './graph.js';

/** Nothing but texts, numbers, lists and records of them. */
export type Plain =
  | string
  | number
  | bigint
  | null
  | Uint8Array
  | ArrayLike<number>
  | readonly Plain[]
  | { readonly [name: string]: Plain };

type Parts = { [name: string]: Plain };

const newParts = (): Parts => Object.create(null) as Parts;

/** Throws what reading a malformed or hostile file throws. */
export function plainGraph(bytes: Uint8Array): Plain {
  const model = decodeModel(bytes);
  const opsets = newParts();
  for (const { domain, version } of model.opsetImport ?? []) opsets[domain || 'ai.onnx'] = version ?? 0n;
  const functions = newParts();
  for (const one of model.functions ?? [])
    functions[`${one.domain ?? ''}.${one.name ?? ''}`] = { nodes: nodesOf(one.node ?? []) };
  return {
    ir_version: model.irVersion ?? 0n,
    producer: `${model.producerName ?? ''} ${model.producerVersion ?? ''}`.trim(),
    opsets,
    functions,
    ...graphOf(model.graph ?? {}),
  };
}

function graphOf({ node, initializer, sparseInitializer, input, output }: GraphProto): Parts {
  const weights = newParts();
  for (const tensor of initializer ?? []) weights[tensor.name ?? ''] = tensorOf(tensor);
  for (const { values, indices } of sparseInitializer ?? [])
    weights[values?.name ?? ''] = { values: tensorOf(values ?? {}), indices: tensorOf(indices ?? {}) };
  return {
    inputs: (input ?? []).map(({ name }) => name ?? ''),
    outputs: (output ?? []).map(({ name }) => name ?? ''),
    nodes: nodesOf(node ?? []),
    weights,
  };
}

/** A node is known by its own name, else by the name of what it makes. */
function nodesOf(nodes: readonly NodeProto[]): Parts {
  const parts = newParts();
  for (const [at, node] of nodes.entries()) {
    const name = node.name || node.output?.[0] || `#${at}`;
    parts[name in parts ? `${name} #${at}` : name] = {
      op: node.domain ? `${node.domain}.${node.opType ?? ''}` : (node.opType ?? ''),
      inputs: [...(node.input ?? [])],
      outputs: [...(node.output ?? [])],
      ...attributesOf(node.attribute ?? []),
    };
  }
  return parts;
}

function attributesOf(attributes: readonly AttributeProto[]): Parts {
  const parts = newParts();
  for (const one of attributes) {
    const { name = '', f, i, s, t, g, floats, ints, strings, tensors, graphs } = one;
    const found: readonly (Plain | undefined)[] = [
      f,
      i,
      s,
      t && tensorOf(t),
      g && graphOf(g),
      floats && Float32Array.from(floats),
      ints && Array.from(ints),
      strings && Array.from(strings),
      tensors?.map(tensorOf),
      graphs?.map(graphOf),
    ];
    parts[name] = found.find((value) => value !== undefined) ?? null;
  }
  return parts;
}

/** Numbers where the type has an array that holds them; else the bytes. */
function tensorOf(tensor: TensorProto): Plain {
  const { dims, dataType, rawData, externalData, dataLocation } = tensor;
  const facts = elementType(dataType);
  const shape = `${facts?.name ?? `type ${dataType ?? 0}`} [${(dims ?? []).join(', ')}]`;
  if (dataLocation === EXTERNAL)
    return { shape, place: (externalData ?? []).map(({ key, value }) => `${key ?? ''}=${value ?? ''}`) };
  if (rawData !== undefined) return { shape, values: numbersOf(rawData, facts?.name) ?? rawData };
  const { floatData, doubleData, int32Data, int64Data, uint64Data, stringData } = tensor;
  if (stringData !== undefined && stringData.length > 0) return { shape, values: Array.from(stringData) };
  const whole = [int32Data, int64Data, uint64Data].find((data) => data !== undefined && data.length > 0);
  if (whole !== undefined) return { shape, values: Array.from(whole) };
  return { shape, values: Float64Array.from(doubleData?.length ? doubleData : (floatData ?? [])) };
}

function numbersOf(raw: Uint8Array, type: string | undefined): Plain | null {
  // A view needs an aligned start, so the bytes are copied.
  const { buffer } = Uint8Array.from(raw);
  if (type === 'float32' && raw.length % 4 === 0) return new Float32Array(buffer);
  if (type === 'float64' && raw.length % 8 === 0) return new Float64Array(buffer);
  if (type === 'int64' && raw.length % 8 === 0) return Array.from(new BigInt64Array(buffer));
  return null;
}
