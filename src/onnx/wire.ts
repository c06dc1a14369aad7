// Turns bytes in protobuf's wire format into fields without copying them, and fields into bytes.
// https://protobuf.dev/programming-guides/encoding/ . Groups, overlong varints and lengths past the end are refused.
import { MlctlError } from '../errors/error.js';

export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH = 2;
export const FIXED32 = 5;

const WIRE_NAMES = [
  'varint',
  'fixed64',
  'length-delimited',
  'group start',
  'group end',
  'fixed32',
  'reserved 6',
  'reserved 7',
];

export function wireName(wire: number): string {
  return WIRE_NAMES[wire] ?? String(wire);
}

export function malformed(message: string, offset: number): MlctlError {
  return new MlctlError('MODEL_MALFORMED', `reading the ONNX file: ${message} at byte ${offset}`, {
    hint: 'the file is damaged or not ONNX: fetch or export it again',
    details: { offset },
  });
}

/** A cursor over the fields of one message. `next()` moves; the payload of the current field is bytes[start, stop). */
export class WireReader {
  number = 0;
  wire = 0;
  start = 0;
  stop = 0;
  /** Where the field's tag begins. */
  fieldStart = 0;
  #next: number;
  readonly #view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    readonly from = 0,
    readonly to = bytes.length,
  ) {
    this.#next = from;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  next(): boolean {
    if (this.#next >= this.to) return false;
    const at = this.#next;
    this.fieldStart = at;
    const afterTag = this.#endOfVarint(at, 'a tag');
    const tag = this.#small(at, afterTag, 'a tag');
    this.number = tag >>> 3;
    this.wire = tag & 7;
    if (this.number === 0) throw malformed('field number 0', at);
    this.start = afterTag;
    switch (this.wire) {
      case VARINT:
        this.stop = this.#endOfVarint(afterTag, `field ${this.number}`);
        break;
      case FIXED64:
        this.stop = afterTag + 8;
        break;
      case FIXED32:
        this.stop = afterTag + 4;
        break;
      case LENGTH: {
        const afterLength = this.#endOfVarint(afterTag, `the length of field ${this.number}`);
        const length = this.#small(afterTag, afterLength, `the length of field ${this.number}`);
        this.start = afterLength;
        this.stop = afterLength + length;
        break;
      }
      default:
        throw malformed(`field ${this.number} has wire type ${this.wire} (${wireName(this.wire)})`, at);
    }
    if (this.stop > this.to) {
      throw malformed(
        `field ${this.number} needs ${this.stop - this.start} bytes but ${this.to - this.start} are left`,
        at,
      );
    }
    this.#next = this.stop;
    return true;
  }

  /** The current varint as a signed 64-bit integer. */
  int64(): bigint {
    return readVarint(this.bytes, this.start);
  }

  float(): number {
    return this.#view.getFloat32(this.start, true);
  }

  double(): number {
    return this.#view.getFloat64(this.start, true);
  }

  payload(): Uint8Array {
    return this.bytes.subarray(this.start, this.stop);
  }

  #endOfVarint(at: number, what: string): number {
    return endOfVarint(this.bytes, at, this.to, what);
  }

  /** A varint that must fit 32 bits without sign: tags and lengths. */
  #small(at: number, end: number, what: string): number {
    let value = 0;
    for (let i = end - 1; i >= at; i--) value = value * 128 + (this.bytes[i]! & 0x7f);
    if (value > 0xffffffff) throw malformed(`${what} is ${value}, beyond 2^32`, at);
    return value;
  }
}

/** The position after the varint that begins at `at`. */
export function endOfVarint(bytes: Uint8Array, at: number, to: number, what: string): number {
  let end = at;
  while (end < to && bytes[end]! >= 0x80) end++;
  if (end >= to) throw malformed(`${what} is cut off`, at);
  end++;
  if (end - at > 10 || (end - at === 10 && bytes[end - 1]! > 1)) {
    throw malformed(`${what} is a number of more than 64 bits`, at);
  }
  return end;
}

export function readVarint(bytes: Uint8Array, at: number): bigint {
  // Seven bits a byte, least first; the first four groups fit a plain number.
  let low = 0;
  let end = at;
  for (let shift = 1; end < at + 4; shift *= 128) {
    const byte = bytes[end++]!;
    low += (byte & 0x7f) * shift;
    if (byte < 0x80) return BigInt(low);
  }
  let value = BigInt(low);
  for (let shift = 28n; ; shift += 7n) {
    const byte = bytes[end++]!;
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
}

/** Longer fields are not copied before the end. */
const LONG = 4096;

/** So many bytes are asked for at once at most. */
const MOST_OPEN = 1 << 20;

/** A number up to this is exact without being a bigint. */
const MOST_PLAIN = BigInt(Number.MAX_SAFE_INTEGER);

/** The most bytes of a tag, a varint or a number. */
const SHORT = 10;

/** Collects fields; nested messages are written by their own writer and added as bytes. */
export class WireWriter {
  readonly #full: Uint8Array[] = [];
  #fullLength = 0;
  #open = new Uint8Array(64);
  #used = 0;

  varint(number: number, value: bigint): void {
    this.#reserve(2 * SHORT);
    this.#number(number << 3);
    if (value >= 0n && value <= MOST_PLAIN) this.#number(Number(value));
    else for (const byte of varintBytes(value)) this.#open[this.#used++] = byte;
  }

  float(number: number, value: number): void {
    this.#view(number, FIXED32, 4).setFloat32(0, value, true);
  }

  double(number: number, value: number): void {
    this.#view(number, FIXED64, 8).setFloat64(0, value, true);
  }

  bytes(number: number, value: Uint8Array): void {
    this.#reserve(2 * SHORT);
    this.#number((number << 3) | LENGTH);
    this.#number(value.length);
    this.raw(value);
  }

  /** A field as it was elsewhere, with its tag. */
  raw(field: Uint8Array): void {
    if (field.length > LONG) {
      this.#close();
      this.#add(field);
      return;
    }
    this.#reserve(field.length);
    this.#open.set(field, this.#used);
    this.#used += field.length;
  }

  finish(): Uint8Array {
    this.#close();
    const all = new Uint8Array(this.#fullLength);
    let at = 0;
    for (const part of this.#full) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }

  /** A varint of at most 53 bits without a sign. */
  #number(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.#open[this.#used++] = (rest % 0x80) | 0x80;
    this.#open[this.#used++] = rest;
  }

  #view(number: number, wire: number, size: number): DataView {
    this.#reserve(2 * SHORT);
    this.#number((number << 3) | wire);
    const place = new DataView(this.#open.buffer, this.#open.byteOffset + this.#used, size);
    this.#used += size;
    return place;
  }

  /** Makes room for so many bytes. */
  #reserve(count: number): void {
    if (this.#used + count <= this.#open.length) return;
    const size = 2 * this.#open.length;
    this.#close();
    this.#open = new Uint8Array(Math.max(count, Math.min(size, MOST_OPEN)));
  }

  #close(): void {
    this.#add(this.#open.subarray(0, this.#used));
    this.#open = this.#open.subarray(this.#used);
    this.#used = 0;
  }

  #add(part: Uint8Array): void {
    if (part.length === 0) return;
    this.#full.push(part);
    this.#fullLength += part.length;
  }
}

/** A negative int64 takes ten bytes, as its two's complement. */
export function varintBytes(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return bytes;
}
