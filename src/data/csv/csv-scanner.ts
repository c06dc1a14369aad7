// Turns a stream of CSV bytes into records and fields without copying: RFC 4180 with any delimiter, line ends \n, \r\n or \r.
import { isUtf8 } from 'node:buffer';
import { MlctlError } from '../../errors/error.js';
import { breaksIn } from './breaks-in.js';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
const LF = 10;
const CR = 13;

/** A longer record is not part of a table: it has an unclosed quote, or the file is of another kind. */
const MOST_RECORD_BYTES = 64 * 1024 * 1024;
/** A record with more cells takes more memory than any table needs. */
const MOST_FIELDS = 1_000_000;

/** Where in a field the bytes ended. */
const BEFORE = 0;
const PLAIN = 1;
const QUOTED = 2;
const BEHIND_QUOTE = 3;
const AFTER = 4;

/** Each byte is examined once, however many chunks a record comes in: what was found of it so far is kept. */
export class CsvScanner {
  /** Bytes not yet used are `buffer[position..end)`. */
  buffer: Buffer = Buffer.alloc(0);
  position = 0;
  end = 0;
  /** Where their last line feed is; negative if there is none. */
  lastBreak = -1;
  /** No more bytes will come. */
  last = false;
  /** The buffer up to `end`; the rest is not searched. */
  #live: Buffer = this.buffer;

  /** The record that `next` found, or began: where it is, its fields, and what is malformed about it. */
  fields = 0;
  recordStart = 0;
  recordEnd = 0;
  malformed: string | null = null;
  /** Relative to the start of the record, so that they stay valid when its bytes are moved. */
  #starts = new Int32Array(64);
  #ends = new Int32Array(64);
  /** 0 plain, 1 quoted, 2 quoted with doubled quotes inside. */
  #kinds = new Uint8Array(64);
  readonly #delimiter: number;
  /** −1 if quotes mean nothing. */
  readonly #quote: number;
  readonly #quoteText: string;

  /** Of an incomplete record, relative to its start: what is read next, and the field around it. */
  #inside = false;
  #at = 0;
  #start = 0;
  #kind = 0;
  #place = BEFORE;

  /** Each one ASCII character; a `quote` of null has no meaning. */
  constructor(delimiter = ',', quote: string | null = '"') {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote === null ? -1 : quote.charCodeAt(0);
    this.#quoteText = quote ?? '';
  }

  /** A part of a record has been read, and `next` continues with the rest. */
  get isInside(): boolean {
    return this.#inside;
  }

  /** The bytes are copied: the chunk may be used again. */
  feed(chunk: Uint8Array): void {
    const left = this.end - this.position;
    const need = left + chunk.length;
    const long = left > chunk.length;
    // A long beginning of a record is moved only when the buffer is full, and then into twice the room or by half of it.
    if (!long || this.end + chunk.length > this.buffer.length) {
      const from = this.buffer;
      if (need > from.length / (long ? 2 : 1)) this.buffer = Buffer.allocUnsafeSlow(Math.max(need, from.length * 2));
      if (left > 0) from.copy(this.buffer, 0, this.position, this.end);
      this.lastBreak = Math.max(-1, this.lastBreak - this.position);
      this.position = 0;
      this.end = left;
    }
    this.buffer.set(chunk, this.end);
    const lineFeed = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).lastIndexOf(LF);
    if (lineFeed >= 0) this.lastBreak = this.end + lineFeed;
    this.end += chunk.length;
    this.#live = this.buffer.subarray(0, this.end);
  }

  /** Before the header is read. False while there are too few bytes to tell. */
  skipBom(): boolean {
    if (this.end - this.position < BOM.length && !this.last) return false;
    if (this.buffer.subarray(this.position, Math.min(this.position + BOM.length, this.end)).equals(BOM))
      this.position += BOM.length;
    return true;
  }

  /** `more`: feed again (or set `last`); `record`: the fields are ready; `end`: nothing is left. */
  next(): 'record' | 'more' | 'end' {
    if (this.position >= this.end) return this.last ? 'end' : 'more';
    this.recordStart = this.position;
    const done = this.#scan();
    const bytes = (done ? this.recordEnd : this.end) - this.recordStart;
    if (bytes > MOST_RECORD_BYTES)
      throw new MlctlError(
        'DATA_INVALID',
        `found a CSV record of ${done ? '' : 'at least '}${bytes} bytes, expected at most ${MOST_RECORD_BYTES} (64 MiB)`,
        {
          hint: 'look for a quote that is never closed; if the cell is meant, cut it or leave it out',
          details: { found: bytes, expected: MOST_RECORD_BYTES },
        },
      );
    return done ? 'record' : 'more';
  }

  isQuoted(field: number): boolean {
    return this.#kinds[field] !== 0;
  }

  /** Null if the bytes are not UTF-8. */
  text(field: number): string | null {
    const start = this.recordStart + this.#starts[field]!;
    const end = this.recordStart + this.#ends[field]!;
    const text = this.buffer.toString('utf8', start, end);
    if (text.includes('\ufffd') && !isUtf8(this.buffer.subarray(start, end))) return null;
    return this.#kinds[field] === 2 ? text.replaceAll(this.#quoteText + this.#quoteText, this.#quoteText) : text;
  }

  /** Line breaks inside the record: only a quoted field can have some. */
  breaksInside(): number {
    for (let field = 0; field < this.fields; field++)
      if (this.#kinds[field] !== 0) return breaksIn(this.buffer, this.recordStart, this.recordEnd);
    return 0;
  }

  /** The record as it was written, without its line end. */
  recordText(): string {
    return this.buffer.toString('utf8', this.recordStart, this.recordEnd);
  }

  #field(start: number, end: number, kind: number): void {
    if (this.fields === this.#starts.length) this.#growFields();
    this.#starts[this.fields] = start;
    this.#ends[this.fields] = end;
    this.#kinds[this.fields++] = kind;
  }

  #growFields(): void {
    if (this.fields >= MOST_FIELDS)
      throw new MlctlError(
        'DATA_INVALID',
        `found a CSV record of more than ${this.fields} cells, expected at most ${MOST_FIELDS}`,
        {
          hint: 'look for a line of nothing but delimiters, or name the delimiter of the file',
          details: { found: this.fields + 1, expected: MOST_FIELDS },
        },
      );
    const size = Math.min(this.fields * 2, MOST_FIELDS);
    this.#starts = grown(this.#starts, new Int32Array(size));
    this.#ends = grown(this.#ends, new Int32Array(size));
    this.#kinds = grown(this.#kinds, new Uint8Array(size));
  }

  /** False if the bytes end inside the record. */
  #scan(): boolean {
    const { buffer, end } = this;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    const base = this.position;
    let at = base;
    let place = BEFORE;
    if (this.#inside) {
      at += this.#at;
      place = this.#place;
    } else {
      this.fields = 0;
      this.malformed = null;
    }
    for (;;) {
      if (place === BEFORE) {
        // A delimiter as the last byte of the file starts an empty last field.
        if (at >= end && !this.last) return this.#wait(at, BEFORE);
        const quoted = at < end && buffer[at] === quote;
        if (quoted) at++;
        this.#start = at - base;
        this.#kind = 1;
        place = quoted ? QUOTED : PLAIN;
      }
      if (place === PLAIN) {
        let byte = -1;
        for (; at < end; at++) {
          byte = buffer[at]!;
          if (byte === delimiter || byte === LF || byte === CR) break;
          if (byte === quote) this.malformed ??= `a quote inside the unquoted field ${this.fields}`;
        }
        if (at >= end && !this.last) return this.#wait(at, PLAIN);
        this.#field(this.#start, at - base, 0);
      } else {
        if (place === QUOTED) {
          at = this.#quoted(at);
          if (at < 0) return false;
          place = BEHIND_QUOTE;
        }
        if (place === BEHIND_QUOTE) {
          while (at < end && buffer[at] !== delimiter && buffer[at] !== LF && buffer[at] !== CR) {
            this.malformed ??= `text after the closing quote of field ${this.fields - 1}`;
            at++;
          }
          if (at >= end && !this.last) return this.#wait(at, BEHIND_QUOTE);
        }
      }
      if (at >= end) return this.#finish(at, at);
      if (buffer[at] === delimiter) {
        at++;
        place = BEFORE;
        continue;
      }
      if (buffer[at] === LF) return this.#finish(at, at + 1);
      if (at + 1 >= end && !this.last) return this.#wait(at, AFTER);
      return this.#finish(at, buffer[at + 1] === LF && at + 1 < end ? at + 2 : at + 1);
    }
  }

  /** From inside a quoted field to the byte after its closing quote; −1 if the bytes end before it. */
  #quoted(from: number): number {
    const { end } = this;
    const buffer = this.#live;
    const mark = this.#quote;
    const base = this.position;
    let at = from;
    for (;;) {
      const quote = buffer.indexOf(mark, at);
      if (quote < 0) {
        if (!this.last) {
          this.#wait(end, QUOTED);
          return -1;
        }
        this.malformed = `the quote of field ${this.fields} is never closed`;
        this.#field(this.#start, end - base, this.#kind);
        return end;
      }
      if (quote + 1 >= end && !this.last) {
        this.#wait(quote, QUOTED);
        return -1;
      }
      if (quote + 1 < end && buffer[quote + 1] === mark) {
        this.#kind = 2;
        at = quote + 2;
        continue;
      }
      this.#field(this.#start, quote - base, this.#kind);
      return quote + 1;
    }
  }

  #wait(at: number, place: number): false {
    this.#inside = true;
    this.#at = at - this.position;
    this.#place = place;
    return false;
  }

  #finish(recordEnd: number, next: number): true {
    this.#inside = false;
    this.recordEnd = recordEnd;
    this.position = next;
    return true;
  }
}

function grown<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
