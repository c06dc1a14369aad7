// Where predictions go: a file that appears when it is whole, or stdout with back-pressure.
import { once } from 'node:events';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { openAtomicFile } from '../../files/open-atomic-file.js';

export interface RowOutput {
  /** False once nobody reads any more (a closed pipe): writing further is no use. */
  write(bytes: Uint8Array): Promise<boolean>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export async function openRowOutput(
  path: string,
  cwd: string,
  stdout: Writable,
  signal: AbortSignal,
): Promise<RowOutput> {
  if (path === '-') return streamOutput(stdout, signal);
  const file = await openAtomicFile(resolve(cwd, path));
  return {
    async write(bytes) {
      await file.write(bytes);
      return true;
    },
    commit: () => file.commit(),
    abort: () => file.abort(),
  };
}

function streamOutput(stdout: Writable, signal: AbortSignal): RowOutput {
  let closed = false;
  let failure: Error | null = null;
  const onError = (error: NodeJS.ErrnoException): void => {
    closed = true;
    // `mlctl predict … | head`: the reader has had enough, which is no fault.
    if (error.code !== 'EPIPE') failure = error;
  };
  stdout.on('error', onError);
  return {
    async write(bytes) {
      if (failure !== null) throw failure;
      if (closed || stdout.destroyed) return false;
      if (bytes.byteLength > 0 && !stdout.write(bytes)) {
        // `once` also ends on `error`; `close` comes where the other side went away.
        await Promise.race([once(stdout, 'drain', { signal }), once(stdout, 'close', { signal })]).catch((error) => {
          signal.throwIfAborted();
          if (!closed) onError(error as NodeJS.ErrnoException);
        });
      }
      if (failure !== null) throw failure;
      return !closed;
    },
    async commit() {
      if (!closed && stdout.writableLength > 0 && !stdout.destroyed) {
        await once(stdout, 'drain', { signal }).catch(() => {});
      }
      stdout.off('error', onError);
      if (failure !== null) throw failure;
    },
    async abort() {
      stdout.off('error', onError);
    },
  };
}
