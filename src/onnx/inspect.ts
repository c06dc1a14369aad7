// Turns the bytes of any ONNX file into what it says about itself, without running it.

import { elementType } from '../data/element-types.js';
import { decodeModel } from './decode-model.js';
import { EXTERNAL, type GraphProto, type ModelProto, type TypeProto, type ValueInfoProto } from './graph.js';
import { inlineBytes } from './tensor-size.js';
import { walkModel } from './walk-model.js';

export interface ValueFacts {
  readonly name: string;
  /**
   * onnxruntime's name of the element type (`float64`), or the whole type if it is not a tensor: `sequence(map(int64,float32))`.
   */
  readonly elementType: string;
  /** −1 if any size fits, null if the graph does not say (and for anything but a tensor). */
  readonly shape: readonly number[] | null;
}

export interface ModelFacts {
  readonly irVersion: number;
  readonly producer: { readonly name: string; readonly version: string };
  readonly domain: string;
  readonly modelVersion: number;
  /** Domain (the empty one is ai.onnx) → version. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly inputs: readonly ValueFacts[];
  readonly outputs: readonly ValueFacts[];
  /** Operator → how often, in the graph, its sub-graphs and functions; other domains as `domain.Operator`. */
  readonly nodes: ReadonlyMap<string, number>;
  readonly initializers: number;
  /** Bytes of all tensors that are in the file itself. */
  readonly tensorBytes: number;
  /** Locations of external data, each once. */
  readonly externalFiles: readonly string[];
  readonly functions: number;
  readonly metadata: ReadonlyMap<string, string>;
}

export function inspectModel(bytes: Uint8Array): ModelFacts {
  return inspectDecoded(decodeModel(bytes));
}

function inspectDecoded(model: ModelProto): ModelFacts {
  const nodes = new Map<string, number>();
  const files = new Set<string>();
  let tensorBytes = 0;
  walkModel(model, {
    node({ domain, opType }) {
      const name =
        domain === undefined || domain === '' || domain === 'ai.onnx' ? (opType ?? '') : `${domain}.${opType}`;
      nodes.set(name, (nodes.get(name) ?? 0) + 1);
    },
    tensor(tensor) {
      tensorBytes += inlineBytes(tensor);
      if (tensor.dataLocation !== EXTERNAL) return;
      for (const { key, value } of tensor.externalData ?? []) if (key === 'location') files.add(value ?? '');
    },
  });
  const { inputs, outputs } = graphValues(model.graph ?? {});
  return {
    irVersion: Number(model.irVersion ?? 0n),
    producer: { name: model.producerName ?? '', version: model.producerVersion ?? '' },
    domain: model.domain ?? '',
    modelVersion: Number(model.modelVersion ?? 0n),
    opsets: new Map((model.opsetImport ?? []).map(({ domain, version }) => [domain ?? '', Number(version ?? 0n)])),
    inputs,
    outputs,
    nodes: new Map([...nodes].sort(([a], [b]) => (a < b ? -1 : 1))),
    initializers: model.graph?.initializer?.length ?? 0,
    tensorBytes,
    externalFiles: [...files],
    functions: model.functions?.length ?? 0,
    metadata: new Map((model.metadataProps ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
  };
}

/** The inputs and outputs of a run: an initializer among the inputs is a default and not an input (IR version 3). */
export function graphValues(graph: GraphProto): { inputs: ValueFacts[]; outputs: ValueFacts[] } {
  const constants = new Set((graph.initializer ?? []).map((tensor) => tensor.name));
  for (const { values } of graph.sparseInitializer ?? []) constants.add(values?.name);
  return {
    inputs: (graph.input ?? []).filter(({ name }) => !constants.has(name)).map(valueFacts),
    outputs: (graph.output ?? []).map(valueFacts),
  };
}

function valueFacts({ name, type }: ValueInfoProto): ValueFacts {
  const dims = type?.tensorType?.shape && (type.tensorType.shape.dim ?? []);
  return {
    name: name ?? '',
    elementType: typeName(type),
    shape:
      dims?.map(({ dimValue, dimParam }) =>
        dimParam !== undefined || dimValue === undefined || dimValue < 0n ? -1 : Number(dimValue),
      ) ?? null,
  };
}

function typeName(type: TypeProto | undefined): string {
  if (type?.tensorType) return scalarName(type.tensorType.elemType);
  if (type?.sequenceType) return `sequence(${typeName(type.sequenceType.elemType)})`;
  if (type?.optionalType) return `optional(${typeName(type.optionalType.elemType)})`;
  if (type?.mapType) return `map(${scalarName(type.mapType.keyType)},${typeName(type.mapType.valueType)})`;
  if (type?.sparseTensorType) return `sparse(${scalarName(type.sparseTensorType.elemType)})`;
  if (type?.opaqueType) return `opaque(${type.opaqueType.domain ?? ''}.${type.opaqueType.name ?? ''})`;
  return 'undefined';
}

function scalarName(dataType: number | undefined): string {
  return elementType(dataType)?.name ?? `unknown type ${dataType ?? 0}`;
}
