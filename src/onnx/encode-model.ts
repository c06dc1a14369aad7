// Turns a ModelProto value into the bytes of an .onnx file, fields in the order of their numbers: the same value gives the same
// bytes.
import { finish, type Work } from '../work.js';
import type { ModelProto } from './graph.js';
import { type FieldSpec, MESSAGES, type MessageName, type ScalarKind } from './messages.js';
import { WireWriter } from './wire.js';

const utf8 = new TextEncoder();

/** Some milliseconds. */
const ITEMS_OF_PART = 50_000;

export function encodeModel(model: ModelProto): Uint8Array {
  return finish(encodeModelInParts(model));
}

export const encodeModelInParts = (model: ModelProto): Work<Uint8Array> =>
  encodeInParts('ModelProto', model as Record<string, unknown>);

export function encodeMessage(message: MessageName, value: Readonly<Record<string, unknown>>): Uint8Array {
  return finish(encodeInParts(message, value));
}

/** Long lists are written in parts. */
function* encodeInParts(message: MessageName, value: Readonly<Record<string, unknown>>): Work<Uint8Array> {
  const writer = new WireWriter();
  // Integer-like keys of an object literal come in ascending order (ECMAScript, OrdinaryOwnPropertyKeys).
  for (const [number, field] of Object.entries(MESSAGES[message])) {
    const found = value[field.name];
    if (found === undefined) continue;
    const items = field.repeated ? (found as Iterable<unknown>) : [found];
    let count = 0;
    for (const item of items) {
      if (isMessage(field.kind))
        writer.bytes(Number(number), yield* encodeInParts(field.kind, item as Record<string, unknown>));
      else writeField(writer, Number(number), field.kind, item);
      if (++count % ITEMS_OF_PART === 0) yield;
    }
  }
  return writer.finish();
}

const isMessage = (kind: FieldSpec['kind']): kind is MessageName => kind in MESSAGES;

function writeField(writer: WireWriter, number: number, kind: ScalarKind, value: unknown): void {
  switch (kind) {
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
  }
}
