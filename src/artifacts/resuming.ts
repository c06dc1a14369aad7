// Turns a download that may be cut into a complete one: the rest is requested from where it broke, and must be of the same file.
import { MlctlError } from '../errors/error.js';
import { sleep } from '../http/retry.js';
import { printable } from '../text/printable.js';

export interface Opened {
  readonly body: AsyncIterable<Uint8Array>;
  /** Of the whole file; null if the store does not say. */
  readonly size: number | null;
  /** Changes when the file does; null if the store has none. */
  readonly etag: string | null;
  /** Drops the body unread. */
  discard?(): void;
}

/** Cuts in a row without a byte in between, after which the download fails. */
const MOST_CUTS = 5;

/**
 * `open(offset, etag)` gives the bytes from `offset` on and throws MlctlErrors; REMOTE_UNREACHABLE while the body is read is a
 * cut. Resolves when the first answer is there, so a missing file is an error of the call.
 */
export async function readResuming(
  name: string,
  offset: number,
  open: (offset: number, etag: string | null) => Promise<Opened>,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const first = await open(offset, null);
  return follow(first);

  async function* follow(start: Opened): AsyncGenerator<Uint8Array> {
    const { size, etag } = start;
    let opened = start;
    let at = offset;
    for (let cuts = 0; ; ) {
      let failure: unknown;
      try {
        for await (const chunk of opened.body) {
          at += chunk.byteLength;
          if (size !== null && at > size) throw changed(name, `has more than the ${size} bytes that the server stated`);
          cuts = 0;
          yield chunk;
        }
        if (size === null || at >= size) return;
        failure = new MlctlError(
          'REMOTE_UNREACHABLE',
          `"${printable(name, 120)}" was cut off after ${at} of ${size} bytes, several times`,
          { hint: 'run the command again; what arrived was not kept' },
        );
      } catch (error) {
        if (signal.aborted || !(error instanceof MlctlError) || error.code !== 'REMOTE_UNREACHABLE') throw error;
        failure = error;
      }
      cuts += 1;
      if (cuts >= MOST_CUTS) throw failure;
      await sleep(100 * 2 ** cuts, signal);
      opened = await open(at, etag);
      if (
        (etag !== null && opened.etag !== null && opened.etag !== etag) ||
        (size !== null && opened.size !== null && opened.size !== size)
      ) {
        opened.discard?.();
        throw changed(name, 'changed while it was read');
      }
    }
  }
}

const changed = (name: string, how: string): MlctlError =>
  new MlctlError('INTEGRITY_MISMATCH', `"${printable(name, 120)}" ${how}`, { hint: 'run the command again' });

/** For servers that answer a request for the rest with the whole file. */
export async function* skipping(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left >= chunk.byteLength) left -= chunk.byteLength;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}

/** The whole file's size by `Content-Range: bytes 5-9/10`, else by Content-Length. */
export function sizeOfWhole(headers: ReadonlyMap<string, string>, offset: number): number | null {
  const total = /^bytes \d+-\d+\/(\d{1,15})$/.exec(headers.get('content-range') ?? '')?.[1];
  if (total !== undefined) return Number(total);
  const length = headers.get('content-length');
  return length !== undefined && /^\d{1,15}$/.test(length) && offset === 0 ? Number(length) : null;
}
