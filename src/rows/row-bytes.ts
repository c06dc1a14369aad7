// Turns an input of rows into chunks of plain UTF-8 bytes: unpacked if it is gzip, and decoded if its encoding was named.
import { createGunzip, type Gunzip } from 'node:zlib';
import { decoded } from '../data/csv/encodings.js';
import { MlctlError } from '../errors/error.js';
import type { RowSource } from './batches/whole-batches.js';
import { chunksOf, inputName } from './open-input.js';

/** So much gzip is unpacked before the share is told again: little of a small file, which may still hold many rows. */
const pieceOf = (bytes: number): number => Math.min(Math.max(bytes >> 6, 256), 16 * 1024);

/** No text begins with these bytes, and neither does Parquet. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** With `reuse` a chunk is only valid until the next one is asked for. */
export async function* rowBytes(source: RowSource, reuse = false): AsyncGenerator<Uint8Array> {
  const { path, stdin, signal, dialect, onShare } = source;
  let size = 0;
  let isPacked = false;
  const tell = (bytes: number): void => {
    if (size > 0) onShare?.(Math.min(1, bytes / size));
  };
  const chunks = chunksOf(path, stdin, signal, reuse, (bytes, of) => {
    size = of;
    if (!isPacked) tell(bytes);
  });
  const plain = unpacked(chunks, inputName(path), (bytes) => {
    isPacked = true;
    tell(bytes);
  });
  yield* dialect.encoding === 'utf-8' ? plain : decoded(plain, dialect.encoding, inputName(path));
}

/** All bytes of an input; null if there are more than `limit`. */
export async function wholeRows(source: RowSource, limit: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of rowBytes(source)) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * The chunks as they are, unless they are gzip. Several packed files one after the other are one. `onUnpacked` is told how many
 * bytes of gzip were unpacked: few of them may be many rows.
 */
export async function* unpacked(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
  onUnpacked?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const given = chunks[Symbol.asyncIterator]();
  try {
    let head: Uint8Array = new Uint8Array();
    let first = await given.next();
    // A pipe may begin with a single byte.
    while (!first.done && head.length + first.value.length < 2) {
      head = Buffer.concat([head, first.value]);
      first = await given.next();
    }
    if (!first.done) head = head.length === 0 ? first.value : Buffer.concat([head, first.value]);
    const rest = { [Symbol.asyncIterator]: () => ({ next: () => given.next() }) };
    if (isGzip(head)) {
      yield* gunzipped(head, rest, source, onUnpacked);
      return;
    }
    if (head.length > 0) yield head;
    yield* rest;
  } finally {
    await given.return?.();
  }
}

async function* gunzipped(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  source: string,
  onUnpacked: (bytes: number) => void = () => {},
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  onUnpacked(0);
  const fed = feed(gunzip, head, rest, onUnpacked);
  fed.catch((error) => gunzip.destroy(error as Error));
  try {
    yield* gunzip as AsyncIterable<Uint8Array>;
    await fed;
  } catch (cause) {
    if (!/^Z_/.test(String((cause as NodeJS.ErrnoException).code))) throw cause;
    throw new MlctlError('DATA_INVALID', `${source} is gzip that cannot be unpacked: ${(cause as Error).message}`, {
      hint: 'check it with gzip -t; it may be cut short',
      cause,
    });
  } finally {
    gunzip.destroy();
  }
}

/** The memory of a chunk may be used again, so each is copied. */
async function feed(
  gunzip: Gunzip,
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  onUnpacked: (bytes: number) => void,
): Promise<void> {
  let unpacked = 0;
  const writePiece = (piece: Uint8Array): Promise<void> =>
    new Promise((done, failed) => gunzip.write(Buffer.from(piece), (error) => (error ? failed(error) : done())));
  const write = async (chunk: Uint8Array): Promise<void> => {
    const size = pieceOf(chunk.length);
    for (let at = 0; at < chunk.length && !gunzip.destroyed; at += size) {
      const piece = chunk.subarray(at, at + size);
      await writePiece(piece);
      unpacked += piece.length;
      onUnpacked(unpacked);
    }
  };
  await write(head);
  for await (const chunk of rest) {
    if (gunzip.destroyed) return;
    await write(chunk);
  }
  gunzip.end();
}
