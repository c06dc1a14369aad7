// Turns an ONNX file with ZipMap into the same file with Identity instead. skl2onnx's default classifiers end in ZipMap, whose
// list of maps the Node runtime cannot return. Identity answers the plain [N, classes] tensor, and the class names are kept for
// display.
import { encodeMessage } from './encode-model.js';
import type { ModelProto, NodeProto } from './graph.js';
import { FIELD, firstText, rewriteGraph } from './rewrite-graph.js';
import type { WireReader } from './wire.js';

/** Output name → class names, of the ZipMap nodes that make outputs of the graph. */
export function findZipMaps(model: ModelProto): Map<string, readonly string[]> {
  const outputs = new Set((model.graph?.output ?? []).map(({ name }) => name));
  const found = new Map<string, readonly string[]>();
  for (const node of model.graph?.node ?? []) {
    const [output] = node.output ?? [];
    if (node.opType === 'ZipMap' && node.domain === 'ai.onnx.ml' && output && outputs.has(output))
      found.set(output, classNames(node));
  }
  return found;
}

function classNames(node: NodeProto): string[] {
  const utf8 = new TextDecoder();
  for (const { name, strings, ints } of node.attribute ?? []) {
    if (name === 'classlabels_strings' && strings?.length) return Array.from(strings, (text) => utf8.decode(text));
    if (name === 'classlabels_int64s' && ints?.length) return Array.from(ints, String);
  }
  return [];
}

export function withoutZipMaps(bytes: Uint8Array, zipMaps: ReadonlyMap<string, unknown>): Uint8Array {
  return rewriteGraph(bytes, (field) => {
    if (field.number === FIELD.node) return identityInstead(field);
    if (field.number !== FIELD.output) return null;
    const name = firstText(field, 1);
    // The runtime infers the type of float and the shape.
    return zipMaps.has(name) ? encodeMessage('ValueInfoProto', { name }) : null;
  });
}

function identityInstead(field: WireReader): Uint8Array | null {
  const opType = firstText(field, 4);
  if (opType !== 'ZipMap' || firstText(field, 7) !== 'ai.onnx.ml') return null;
  return encodeMessage('NodeProto', {
    input: [firstText(field, 1)],
    output: [firstText(field, 2)],
    opType: 'Identity',
  });
}
