// Reads FlatBuffers (the format of `.cbm`, flatbuffers.dev/internals): every offset is compared with the bytes that are there.
import type { Refuse } from '../refuse.js';

/** Tables may be shared, so a small file could ask for much work: this is how often its bytes may be read. */
const MOST_READS = 16;

export class FlatBuffer {
  readonly view: DataView;
  readonly refuse: Refuse;
  readonly #what: string;
  #left: number;

  constructor(bytes: Uint8Array, what: string, refuse: Refuse) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.refuse = refuse;
    this.#what = what;
    this.#left = bytes.length * MOST_READS + 65_536;
  }

  root(): FlatTable {
    return this.table(0);
  }

  /** The table that the offset at `at` leads to. */
  table(at: number): FlatTable {
    return new FlatTable(this, this.follow(at));
  }

  follow(at: number): number {
    this.need(at, 4);
    const to = at + this.view.getUint32(at, true);
    this.need(to, 4);
    return to;
  }

  need(at: number, size: number): void {
    if (at < 0 || at + size > this.view.byteLength) throw this.bad(`byte ${at + size} of ${this.view.byteLength}`);
    this.#left -= size;
    if (this.#left < 0) throw this.refuse.beyond(`${this.#what} leads to the same bytes too often`);
  }

  bad(say: string) {
    return this.refuse.malformed(`${this.#what} leads to ${say}`);
  }
}

/** A vector: where its elements begin, and how many there are. */
interface Span {
  readonly at: number;
  readonly length: number;
}

export class FlatTable {
  readonly #buffer: FlatBuffer;
  readonly #at: number;
  readonly #fields: number;
  readonly #count: number;
  readonly #size: number;

  constructor(buffer: FlatBuffer, at: number) {
    this.#buffer = buffer;
    this.#at = at;
    buffer.need(at, 4);
    this.#fields = at - buffer.view.getInt32(at, true);
    buffer.need(this.#fields, 4);
    const length = buffer.view.getUint16(this.#fields, true);
    this.#size = buffer.view.getUint16(this.#fields + 2, true);
    buffer.need(this.#fields, length);
    buffer.need(at, this.#size);
    this.#count = (length - 4) >> 1;
  }

  int(id: number, fallback: number): number {
    const at = this.#field(id, 4);
    return at === 0 ? fallback : this.#buffer.view.getInt32(at, true);
  }

  byte(id: number, fallback: number): number {
    const at = this.#field(id, 1);
    return at === 0 ? fallback : this.#buffer.view.getInt8(at);
  }

  float(id: number, fallback: number): number {
    const at = this.#field(id, 4);
    return at === 0 ? fallback : this.#buffer.view.getFloat32(at, true);
  }

  double(id: number, fallback: number): number {
    const at = this.#field(id, 8);
    return at === 0 ? fallback : this.#buffer.view.getFloat64(at, true);
  }

  text(id: number): string | null {
    const { at, length } = this.span(id, 1);
    return at === 0 ? null : new TextDecoder().decode(this.#bytes(at, length));
  }

  bytes(id: number): Uint8Array {
    const { at, length } = this.span(id, 1);
    return this.#bytes(at, length);
  }

  table(id: number): FlatTable | null {
    const at = this.#field(id, 4);
    return at === 0 ? null : this.#buffer.table(at);
  }

  tables(id: number): FlatTable[] {
    const { at, length } = this.span(id, 4);
    return Array.from({ length }, (_, i) => this.#buffer.table(at + i * 4));
  }

  texts(id: number): string[] {
    const { at, length } = this.span(id, 4);
    return Array.from({ length }, (_, i) => {
      const text = this.#buffer.follow(at + i * 4);
      const size = this.#buffer.view.getUint32(text, true);
      this.#buffer.need(text + 4, size);
      return new TextDecoder().decode(this.#bytes(text + 4, size));
    });
  }

  ints(id: number): Int32Array {
    const { at, length } = this.span(id, 4);
    return Int32Array.from({ length }, (_, i) => this.#buffer.view.getInt32(at + i * 4, true));
  }

  floats(id: number): Float32Array {
    const { at, length } = this.span(id, 4);
    return Float32Array.from({ length }, (_, i) => this.#buffer.view.getFloat32(at + i * 4, true));
  }

  doubles(id: number): Float64Array {
    const { at, length } = this.span(id, 8);
    return Float64Array.from({ length }, (_, i) => this.#buffer.view.getFloat64(at + i * 8, true));
  }

  /** Structs of two halves of 16 bits, one after the other. */
  shortPairs(id: number): Uint16Array {
    const { at, length } = this.span(id, 4);
    return Uint16Array.from({ length: length * 2 }, (_, i) => this.#buffer.view.getUint16(at + i * 2, true));
  }

  /** Structs of an int and an int or a float of 32 bits. */
  pairs(id: number, second: 'int' | 'float'): [number, number][] {
    const { at, length } = this.span(id, 8);
    const { view } = this.#buffer;
    return Array.from({ length }, (_, i) => {
      const from = at + i * 8;
      return [
        view.getInt32(from, true),
        second === 'int' ? view.getInt32(from + 4, true) : view.getFloat32(from + 4, true),
      ];
    });
  }

  /** A vector of elements of `size` bytes; empty if the field is left out. */
  span(id: number, size: number): Span {
    const field = this.#field(id, 4);
    if (field === 0) return { at: 0, length: 0 };
    const at = this.#buffer.follow(field);
    const length = this.#buffer.view.getUint32(at, true);
    this.#buffer.need(at + 4, length * size);
    return { at: at + 4, length };
  }

  /** Where a field is; 0 if it is left out. */
  #field(id: number, size: number): number {
    if (id >= this.#count) return 0;
    const offset = this.#buffer.view.getUint16(this.#fields + 4 + id * 2, true);
    if (offset === 0) return 0;
    if (offset + size > this.#size)
      throw this.#buffer.bad(`field ${id} at ${offset} of a table of ${this.#size} bytes`);
    return this.#at + offset;
  }

  #bytes(at: number, length: number): Uint8Array {
    const { view } = this.#buffer;
    return new Uint8Array(view.buffer, view.byteOffset + at, length);
  }
}
