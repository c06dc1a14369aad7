// A growing byte buffer that rows are written into and taken from in chunks.

export class RowBytes {
  bytes: Buffer;
  /** The same bytes, for words of several at once. */
  view: DataView;
  at = 0;
  #spare: Buffer = Buffer.alloc(0);

  constructor(size = 1 << 20) {
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const next = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + more));
    this.bytes.copy(next, 0, 0, this.at);
    this.#use(next);
  }

  /** Takes `count` bytes from `start` on; the rest moves up. */
  drop(start: number, count: number): number {
    this.bytes.copyWithin(start, start + count, this.at);
    return this.at - count;
  }

  byte(code: number): void {
    this.reserve(1);
    this.bytes[this.at++] = code;
  }

  text(text: string): void {
    this.reserve(text.length * 3);
    this.at += this.bytes.write(text, this.at, 'utf8');
  }

  /** What was written so far; valid until the next `take`, so that it can be sent while the next rows are written. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    const spare = this.#spare;
    this.#spare = this.bytes;
    this.#use(spare.length < taken.length ? Buffer.allocUnsafeSlow(this.bytes.length) : spare);
    this.at = 0;
    return taken;
  }

  #use(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = viewOf(bytes);
  }
}

const viewOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length);
