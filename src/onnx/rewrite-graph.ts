// Turns the bytes of an ONNX file into the same bytes with some fields of its graph replaced or left out.
import { LENGTH, WireReader, WireWriter } from './wire.js';

/** Numbers of GraphProto's fields (onnx/onnx.proto). */
export const FIELD = { node: 1, input: 11, output: 12 } as const;

const GRAPH = 7;

/** The bytes that stand instead; null: the field stays; `left out`: it goes. */
type Instead = Uint8Array | 'left out' | null;

export function rewriteGraph(bytes: Uint8Array, replace: (field: WireReader) => Instead): Uint8Array {
  return rewrite(new WireReader(bytes), (field) =>
    field.number === GRAPH ? rewrite(new WireReader(bytes, field.start, field.stop), replace) : null,
  );
}

/** Copies a message field by field. */
function rewrite(reader: WireReader, replace: (field: WireReader) => Instead): Uint8Array {
  const writer = new WireWriter();
  while (reader.next()) {
    const instead = reader.wire === LENGTH ? replace(reader) : null;
    if (instead === 'left out') continue;
    if (instead) writer.bytes(reader.number, instead);
    else writer.raw(reader.bytes.subarray(reader.fieldStart, reader.stop));
  }
  return writer.finish();
}

/** The first text of this number in the message that a field holds; empty if it has none. */
export function firstText(field: WireReader, number: number): string {
  const reader = new WireReader(field.bytes, field.start, field.stop);
  while (reader.next()) if (reader.number === number) return new TextDecoder().decode(reader.payload());
  return '';
}
