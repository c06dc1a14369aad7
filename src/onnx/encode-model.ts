// Turns a ModelProto value into the bytes of an .onnx file, fields in the order of their numbers: the same value gives the same
// bytes.
import type { ModelProto } from './graph.js';
import { type FieldSpec, MESSAGES, type MessageName } from './messages.js';
import { WireWriter } from './wire.js';

const utf8 = new TextEncoder();

export function encodeModel(model: ModelProto): Uint8Array {
  return encodeMessage('ModelProto', model as Record<string, unknown>);
}

export function encodeMessage(message: MessageName, value: Readonly<Record<string, unknown>>): Uint8Array {
  const writer = new WireWriter();
  // Integer-like keys of an object literal come in ascending order (ECMAScript, OrdinaryOwnPropertyKeys).
  for (const [number, field] of Object.entries(MESSAGES[message])) {
    const found = value[field.name];
    if (found === undefined) continue;
    const items = field.repeated ? (found as Iterable<unknown>) : [found];
    for (const item of items) writeField(writer, Number(number), field, item);
  }
  return writer.finish();
}

function writeField(writer: WireWriter, number: number, field: FieldSpec, value: unknown): void {
  switch (field.kind) {
    case 'int64':
    case 'int32':
      writer.varint(number, BigInt(value as bigint | number));
      break;
    case 'float':
      writer.float(number, value as number);
      break;
    case 'double':
      writer.double(number, value as number);
      break;
    case 'string':
      writer.bytes(number, utf8.encode(value as string));
      break;
    case 'bytes':
      writer.bytes(number, value as Uint8Array);
      break;
    default:
      writer.bytes(number, encodeMessage(field.kind, value as Record<string, unknown>));
      break;
  }
}
