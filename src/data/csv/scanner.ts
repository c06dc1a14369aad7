// Cuts a stream of CSV bytes into records and fields without copying: RFC 4180 with any delimiter, line ends \n, \r\n or \r.
import { isUtf8 } from 'node:buffer';
import { MlctlError } from '../../errors/error.js';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** A record longer than this is no table: an unclosed quote, or another kind of file. */
const MOST_RECORD_BYTES = 64 * 1024 * 1024;

export class CsvScanner {
  /** Bytes not yet used are `buffer[position..end)`. */
  buffer: Buffer = Buffer.alloc(0);
  position = 0;
  end = 0;
  /** No more bytes will come. */
  last = false;

  /** The record `next` found: where it lies, its fields, and what is malformed about it. */
  fields = 0;
  recordStart = 0;
  recordEnd = 0;
  malformed: string | null = null;
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  #kinds = new Uint8Array(64);
  readonly #delimiter: number;

  /** `delimiter`: one ASCII character. */
  constructor(delimiter = ',') {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** The bytes are copied: the chunk may be used again. */
  feed(chunk: Uint8Array): void {
    const left = this.end - this.position;
    const need = left + chunk.length;
    const from = this.buffer;
    if (need > from.length) this.buffer = Buffer.allocUnsafeSlow(Math.max(need, from.length * 2));
    if (left > 0) from.copy(this.buffer, 0, this.position, this.end);
    this.buffer.set(chunk, left);
    this.position = 0;
    this.end = need;
  }

  /** Before the header is read. False while too few bytes are there to tell. */
  skipBom(): boolean {
    if (this.end - this.position < BOM.length && !this.last) return false;
    if (this.buffer.subarray(this.position, Math.min(this.position + BOM.length, this.end)).equals(BOM))
      this.position += BOM.length;
    return true;
  }

  /** `more`: feed again (or set `last`); `record`: the fields are there; `end`: nothing is left. */
  next(): 'record' | 'more' | 'end' {
    if (this.position >= this.end) return this.last ? 'end' : 'more';
    const done = this.#scan();
    if (!done && this.end - this.position > MOST_RECORD_BYTES) {
      throw new MlctlError('DATA_INVALID', `a CSV record is longer than ${MOST_RECORD_BYTES} bytes (64 MiB)`, {
        hint: 'look for a quote that is never closed',
      });
    }
    return done ? 'record' : 'more';
  }

  isQuoted(field: number): boolean {
    return this.#kinds[field] !== 0;
  }

  fieldStart(field: number): number {
    return this.#starts[field]!;
  }

  fieldEnd(field: number): number {
    return this.#ends[field]!;
  }

  /** Null where the bytes are not UTF-8. */
  text(field: number): string | null {
    const start = this.#starts[field]!;
    const end = this.#ends[field]!;
    const text = this.buffer.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(this.buffer.subarray(start, end))) return null;
    return this.#kinds[field] === 2 ? text.replaceAll('""', '"') : text;
  }

  /** The record as it was written, without its line end. */
  recordText(): string {
    return this.buffer.toString('utf8', this.recordStart, this.recordEnd);
  }

  #field(start: number, end: number, kind: number): void {
    if (this.fields === this.#starts.length) {
      const size = this.fields * 2;
      this.#starts = grown(this.#starts, new Int32Array(size));
      this.#ends = grown(this.#ends, new Int32Array(size));
      this.#kinds = grown(this.#kinds, new Uint8Array(size));
    }
    this.#starts[this.fields] = start;
    this.#ends[this.fields] = end;
    this.#kinds[this.fields++] = kind;
  }

  #scan(): boolean {
    const { buffer, end } = this;
    const delimiter = this.#delimiter;
    let at = this.position;
    this.fields = 0;
    this.malformed = null;
    for (;;) {
      const start = at;
      if (at < end && buffer[at] === QUOTE) {
        at = this.#quoted(at);
        if (at < 0) return false;
      } else {
        while (at < end) {
          const byte = buffer[at]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
          if (byte === QUOTE) this.malformed ??= `a quote inside the unquoted field ${this.fields}`;
          at++;
        }
        this.#field(start, at, 0);
      }
      if (at >= end) {
        if (!this.last) return false;
        return this.#finish(at, at);
      }
      if (buffer[at] === delimiter) {
        at++;
        // A delimiter as the last byte of the file opens an empty last field.
        if (at >= end && !this.last) return false;
        continue;
      }
      if (buffer[at] === LF) return this.#finish(at, at + 1);
      if (at + 1 >= end && !this.last) return false;
      return this.#finish(at, buffer[at + 1] === LF && at + 1 < end ? at + 2 : at + 1);
    }
  }

  /** From the opening quote to the delimiter behind the closing one; −1 where the bytes end before it. */
  #quoted(open: number): number {
    const { buffer, end } = this;
    const delimiter = this.#delimiter;
    let kind = 1;
    let at = open + 1;
    for (;;) {
      const quote = buffer.indexOf(QUOTE, at);
      if (quote < 0 || quote >= end) {
        if (!this.last) return -1;
        this.malformed = `the quote of field ${this.fields} is never closed`;
        this.#field(open + 1, end, kind);
        return end;
      }
      if (quote + 1 >= end && !this.last) return -1;
      if (quote + 1 < end && buffer[quote + 1] === QUOTE) {
        kind = 2;
        at = quote + 2;
        continue;
      }
      at = quote + 1;
      this.#field(open + 1, quote, kind);
      while (at < end && buffer[at] !== delimiter && buffer[at] !== LF && buffer[at] !== CR) {
        this.malformed ??= `text behind the closing quote of field ${this.fields - 1}`;
        at++;
      }
      return at;
    }
  }

  #finish(recordEnd: number, next: number): boolean {
    this.recordStart = this.position;
    this.recordEnd = recordEnd;
    this.position = next;
    return true;
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
