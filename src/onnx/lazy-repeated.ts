// Turns a repeated scalar of a message, packed or not, into its values one by one, without holding them all.
import type { ScalarKind } from './messages.js';
import { endOfVarint, FIXED32, FIXED64, LENGTH, malformed, readVarint, VARINT, WireReader, wireName } from './wire.js';

const WIRES = { int64: VARINT, int32: VARINT, float: FIXED32, double: FIXED64, string: LENGTH, bytes: LENGTH } as const;

export class LazyRepeated implements Iterable<never> {
  length = 0;
  /** Bytes of all payloads together. */
  byteLength = 0;

  constructor(
    readonly bytes: Uint8Array,
    readonly from: number,
    readonly to: number,
    readonly number: number,
    readonly kind: ScalarKind,
  ) {}

  /** Counts the field under the reader; every byte of it is checked. */
  count(reader: WireReader): void {
    const wire = WIRES[this.kind];
    const size = reader.stop - reader.start;
    this.byteLength += size;
    if (reader.wire === wire) {
      this.length += 1;
    } else if (reader.wire === LENGTH && wire === VARINT) {
      for (let at = reader.start; at < reader.stop; this.length++) {
        at = endOfVarint(reader.bytes, at, reader.stop, `a packed value of field ${reader.number}`);
      }
    } else if (reader.wire === LENGTH) {
      const each = wire === FIXED32 ? 4 : 8;
      if (size % each !== 0)
        throw malformed(`packed field ${reader.number} has ${size} bytes, not a multiple of ${each}`, reader.start);
      this.length += size / each;
    } else {
      throw malformed(`field ${reader.number} is ${wireName(reader.wire)}, expected ${wireName(wire)}`, reader.start);
    }
  }

  *[Symbol.iterator](): Iterator<never> {
    const reader = new WireReader(this.bytes, this.from, this.to);
    while (reader.next()) if (reader.number === this.number) yield* this.only(reader);
  }

  /** The values of the field under the reader. */
  *only(reader: WireReader): Generator<never> {
    const wire = WIRES[this.kind];
    if (reader.wire === wire) {
      const value =
        wire === VARINT
          ? reader.int64()
          : wire === LENGTH
            ? reader.payload()
            : wire === FIXED32
              ? reader.float()
              : reader.double();
      yield value as never;
      return;
    }
    const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset);
    for (let at = reader.start; at < reader.stop; ) {
      if (wire === VARINT) {
        yield readVarint(reader.bytes, at) as never;
        at = endOfVarint(reader.bytes, at, reader.stop, 'a packed value');
      } else {
        yield (wire === FIXED32 ? view.getFloat32(at, true) : view.getFloat64(at, true)) as never;
        at += wire === FIXED32 ? 4 : 8;
      }
    }
  }
}
