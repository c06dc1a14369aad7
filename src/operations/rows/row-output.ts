// Where predictions go: a file that appears when it is whole, or stdout with back-pressure.
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { openAtomicFile } from '../../files/open-atomic-file.js';

export interface RowOutput {
  /** The bytes are used up when the promise is fulfilled. False once nobody reads any more (a closed pipe): writing further is no use. */
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
  // The callback of `write` reports the same error; without a listener it would end the process.
  const ignore = (): void => {};
  stdout.on('error', ignore);
  return {
    async write(bytes) {
      if (closed || stdout.destroyed) return false;
      signal.throwIfAborted();
      const error = await new Promise<Error | null | undefined>((flushed, aborted) => {
        const stop = (): void => aborted(signal.reason);
        signal.addEventListener('abort', stop, { once: true });
        stdout.write(bytes, (failure) => {
          signal.removeEventListener('abort', stop);
          flushed(failure);
        });
      });
      if (!error) return true;
      // `mlctl predict … | head`: the reader has had enough, which is no fault.
      if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
      closed = true;
      return false;
    },
    async commit() {
      stdout.off('error', ignore);
    },
    async abort() {
      stdout.off('error', ignore);
    },
  };
}
