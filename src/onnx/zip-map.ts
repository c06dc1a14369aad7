// Turns an ONNX file with ZipMap into the same file with Identity instead. skl2onnx's default classifiers end in ZipMap, whose
// list of maps the Node runtime cannot return. Identity answers the plain [N, classes] tensor, and the class names are kept for
// display.
import { encodeMessage } from './encode-model.js';
import type { ModelProto, NodeProto } from './graph.js';
import { LENGTH, WireReader, WireWriter } from './wire.js';

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

const GRAPH = 7;
const NODE = 1;
const OUTPUT = 12;

export function withoutZipMaps(bytes: Uint8Array, zipMaps: ReadonlyMap<string, unknown>): Uint8Array {
  return rewrite(new WireReader(bytes), (reader) => {
    if (reader.number !== GRAPH) return null;
    return rewrite(new WireReader(bytes, reader.start, reader.stop), (field) => {
      if (field.number === NODE) return identityInstead(field);
      if (field.number !== OUTPUT) return null;
      const name = firstText(field, 1);
      // The runtime infers the type of float and the shape.
      return zipMaps.has(name) ? encodeMessage('ValueInfoProto', { name }) : null;
    });
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

/** Copies a message field by field; if `replace` gives bytes, they are used instead. */
function rewrite(reader: WireReader, replace: (field: WireReader) => Uint8Array | null): Uint8Array {
  const writer = new WireWriter();
  while (reader.next()) {
    const instead = reader.wire === LENGTH ? replace(reader) : null;
    if (instead) writer.bytes(reader.number, instead);
    else writer.raw(reader.bytes.subarray(reader.fieldStart, reader.stop));
  }
  return writer.finish();
}

function firstText(field: WireReader, number: number): string {
  const reader = new WireReader(field.bytes, field.start, field.stop);
  while (reader.next()) if (reader.number === number) return new TextDecoder().decode(reader.payload());
  return '';
}
