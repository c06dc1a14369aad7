// Turns the bytes of an .onnx file into a ModelProto value. It is stricter than protobuf if two readers could understand a file
// differently: a singular field given twice (protobuf merges), a known field of another wire type (protobuf ignores it), an int32
// beyond 32 bits (protobuf cuts it) and text that is not UTF-8 are refused, so that the runtime reads exactly what was checked.
import { MlctlError } from '../errors/error.js';
import type { ModelProto } from './graph.js';
import { LazyRepeated } from './lazy-repeated.js';
import { type FieldSpec, MESSAGES, type MessageName } from './messages.js';
import { FIXED32, FIXED64, LENGTH, malformed, VARINT, WireReader, wireName } from './wire.js';

interface DecodeLimits {
  /** Messages inside messages. */
  readonly depth: number;
  /** Values created in memory; a message counts as four. */
  readonly items: number;
}

const DECODE_LIMITS: DecodeLimits = { depth: 96, items: 4_000_000 };

interface State {
  readonly limits: DecodeLimits;
  items: number;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const WIRES = { int64: VARINT, int32: VARINT, float: FIXED32, double: FIXED64, string: LENGTH, bytes: LENGTH } as const;

export function decodeModel(bytes: Uint8Array, limits: DecodeLimits = DECODE_LIMITS): ModelProto {
  if (bytes.length === 0) throw malformed('the file is empty', 0);
  return decodeMessage('ModelProto', new WireReader(bytes), 0, { limits, items: 0 }) as ModelProto;
}

function decodeMessage(message: MessageName, reader: WireReader, depth: number, state: State): Record<string, unknown> {
  if (depth > state.limits.depth) {
    throw hostile(
      `messages nest deeper than ${state.limits.depth} (allowed: ${state.limits.depth})`,
      'nesting',
      reader,
    );
  }
  const spec = MESSAGES[message];
  const value: Record<string, unknown> = {};
  while (reader.next()) {
    const field = spec[reader.number];
    if (field === undefined) continue;
    const had = value[field.name];
    if (field.repeated === 'lazy') {
      const lazy =
        (had as LazyRepeated | undefined) ??
        new LazyRepeated(reader.bytes, reader.from, reader.to, reader.number, field.kind as keyof typeof WIRES);
      lazy.count(reader);
      value[field.name] = lazy;
      continue;
    }
    state.items += field.kind in WIRES ? 1 : 4;
    if (state.items > state.limits.items) {
      throw hostile(
        `the file holds more than ${state.limits.items} parts (allowed: ${state.limits.items})`,
        'parts',
        reader,
      );
    }
    if (field.repeated && field.kind === 'int64' && reader.wire === LENGTH) {
      const packed = new LazyRepeated(reader.bytes, reader.from, reader.to, reader.number, 'int64');
      packed.count(reader);
      state.items += packed.length;
      if (state.items > state.limits.items) throw hostile(`more than ${state.limits.items} parts`, 'parts', reader);
      // Appended in place, because a hostile file may put each value into a packed field of its own.
      const values = (had as bigint[] | undefined) ?? [];
      for (const item of packed.only(reader)) values.push(item);
      value[field.name] = values;
      continue;
    }
    const read = decodeField(message, field, reader, depth, state);
    if (!field.repeated) {
      if (had !== undefined)
        throw hostile(`${message}.${field.name} is given twice (allowed: once)`, 'duplicate-field', reader);
      value[field.name] = read;
    } else if (had === undefined) value[field.name] = [read];
    else (had as unknown[]).push(read);
  }
  return value;
}

function decodeField(message: MessageName, field: FieldSpec, reader: WireReader, depth: number, state: State): unknown {
  const expected = field.kind in WIRES ? WIRES[field.kind as keyof typeof WIRES] : LENGTH;
  if (reader.wire !== expected) {
    throw malformed(
      `${message}.${field.name} is ${wireName(reader.wire)}, expected ${wireName(expected)}`,
      reader.start,
    );
  }
  switch (field.kind) {
    case 'int64':
      return reader.int64();
    case 'int32': {
      const value = reader.int64();
      if (BigInt.asIntN(32, value) !== value)
        throw malformed(`${message}.${field.name} is ${value}, expected 32 bits`, reader.start);
      return Number(value);
    }
    case 'float':
      return reader.float();
    case 'double':
      return reader.double();
    case 'bytes':
      return reader.payload();
    case 'string':
      try {
        return utf8.decode(reader.payload());
      } catch {
        throw malformed(`${message}.${field.name} is not UTF-8`, reader.start);
      }
    default:
      return decodeMessage(field.kind, new WireReader(reader.bytes, reader.start, reader.stop), depth + 1, state);
  }
}

function hostile(message: string, rule: string, reader: WireReader): MlctlError {
  return new MlctlError('MODEL_HOSTILE', `reading the ONNX file: ${message}, at byte ${reader.start}`, {
    hint: 'do not use this file; ask its author for a plain export',
    details: { rule, offset: reader.start },
  });
}
