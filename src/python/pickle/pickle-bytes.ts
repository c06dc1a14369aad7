// Turns the bytes of a pickle into the arguments of its opcodes. Every length is checked before anything is made of it.
import { malformed } from '../refuse.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const NEWLINE = 10;

export class PickleBytes {
  at = 0;
  /** Where the opcode begins that is being read, for messages. */
  opcodeAt = 0;
  readonly #view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get where(): string {
    return `the pickle at byte ${this.opcodeAt}`;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** The place of the next `length` bytes, which are then behind. */
  #skip(length: number): number {
    // Never backwards: a loop would not end.
    if (!(length >= 0 && length <= this.left))
      throw malformed(this.where, `${this.left} bytes where ${length} follow`, 'a file that is not cut off');
    const from = this.at;
    this.at += length;
    return from;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw malformed(this.where, 'the end of the file', 'the opcode STOP at the end');
    this.at += 1;
    return byte;
  }

  uint16(): number {
    return this.#view.getUint16(this.#skip(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#skip(4), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#skip(4), true);
  }

  /** A length of eight bytes. What is beyond 2^53 stays beyond the file's end when it is rounded. */
  length64(): number {
    return Number(this.#view.getBigUint64(this.#skip(8), true));
  }

  float64(): number {
    return this.#view.getFloat64(this.#skip(8), false);
  }

  /** A view of the file's own bytes. */
  slice(length: number): Uint8Array {
    const from = this.#skip(length);
    return this.bytes.subarray(from, from + length);
  }

  lineText(): string {
    return this.#decode(this.line());
  }

  text(length: number): string {
    return this.#decode(this.slice(length));
  }

  /** UTF-8; Python would let lone surrogates pass, but no text of a model holds one. */
  #decode(bytes: Uint8Array): string {
    if (isAscii(bytes)) return latin1(bytes);
    try {
      return UTF8.decode(bytes);
    } catch {
      throw malformed(this.where, 'a text that is not UTF-8', 'UTF-8 without lone surrogates');
    }
  }

  /** The argument of an opcode of protocol 0: up to the end of the line. */
  line(): Uint8Array {
    const end = this.bytes.indexOf(NEWLINE, this.at);
    if (end === -1) throw malformed(this.where, 'a line without an end', 'a file that is not cut off');
    const line = this.bytes.subarray(this.at, end);
    this.at = end + 1;
    return line;
  }

  asciiLine(): string {
    const line = this.line();
    if (isAscii(line)) return latin1(line);
    throw malformed(this.where, 'a line that is not ASCII', 'ASCII');
  }
}

/** TextDecoder takes longer than this loop for the short names that pickles are full of. */
export function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) if ((bytes[at] as number) > 127) return false;
  return true;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
