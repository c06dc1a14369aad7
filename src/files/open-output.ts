// Turns the path of an output into an output: a file appears when it is complete; a pipe, a device or an open file is written to
// directly.
import { constants, createWriteStream, fstatSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { openAtomicFile } from './open-atomic-file.js';
import { isFifo, openFifoToWrite } from './open-fifo.js';
import { outputPlace } from './output-place.js';
import { type Output, streamOutput } from './stream-output.js';
import { writeFailed } from './write-atomically.js';

/** `path` is absolute. Throws FILE_WRITE_FAILED, for a folder at once. */
export async function openOutput(path: string, signal: AbortSignal): Promise<Output> {
  try {
    const place = outputPlace(path);
    if (place.kind === 'folder') throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
    if (place.kind !== 'file') return await openSpecial(place.path, place.kind, signal);
    const file = await openAtomicFile(place.path);
    return {
      async write(bytes) {
        await file.write(bytes);
        return true;
      },
      commit: () => file.commit(),
      abort: () => file.abort(),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    throw writeFailed(path, error);
  }
}

/** Appends to a file, or writes to anything else. Throws FILE_WRITE_FAILED. */
export async function appendTo(path: string, text: string, signal: AbortSignal): Promise<void> {
  try {
    const place = outputPlace(path);
    if (place.kind === 'file') return await appendFile(place.path, text);
    const output = await openOutput(path, signal);
    await output.write(Buffer.from(text));
    await output.commit();
  } catch (error) {
    if (signal.aborted) throw error;
    throw writeFailed(path, error);
  }
}

async function openSpecial(path: string, kind: 'pipe' | 'device' | 'open', signal: AbortSignal): Promise<Output> {
  const own = kind === 'open' ? ownFile(path) : null;
  // Through the open file itself, which is at the end of what was written to it.
  const stream =
    own !== null
      ? createWriteStream('', { fd: own, autoClose: false })
      : kind === 'pipe' || (kind === 'open' && isFifo(path))
        ? await openFifoToWrite(path, signal)
        : // Nothing is made: what is there is a device.
          createWriteStream(path, { flags: constants.O_WRONLY as unknown as string });
  const output = streamOutput(stream, signal);
  return {
    write: output.write,
    async commit() {
      await new Promise<void>((ended, failed) => {
        stream.once('error', failed);
        stream.end(ended);
      });
      await output.commit();
    },
    async abort() {
      if (own === null) stream.destroy();
      // The error listener stays, so that a late error does not end the process.
    },
  };
}

/** The number of a file that this process has open; null for any other, and for what is not a file. */
function ownFile(path: string): number | null {
  const number = Number(basename(path));
  const isOwn =
    path.startsWith(`/proc/${process.pid}/`) || path.startsWith('/proc/self/') || path.startsWith('/dev/fd/');
  return isOwn && Number.isSafeInteger(number) && fstatSync(number).isFile() ? number : null;
}
