// Where predictions go: a file that appears when it is whole, or stdout, a pipe or a device with back-pressure.
import { createWriteStream, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { openAtomicFile } from '../files/open-atomic-file.js';
import { openFifoToWrite } from '../files/open-fifo.js';
import type { OutputStream } from './streams.js';

export interface RowOutput {
  /** The bytes are used up when the promise is fulfilled. False once nobody reads any more (a closed pipe): writing further is no use. */
  write(bytes: Uint8Array): Promise<boolean>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

export async function openRowOutput(
  path: string,
  cwd: string,
  stdout: OutputStream,
  signal: AbortSignal,
): Promise<RowOutput> {
  if (path === '-' || path === '/dev/stdout') return streamOutput(stdout, signal);
  const special = await specialOutput(resolve(cwd, path), signal);
  if (special !== null) return special;
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

/** What is there and is no file is written to: a file under its name would take the place of a pipe, or of /dev/null for all. */
async function specialOutput(path: string, signal: AbortSignal): Promise<RowOutput | null> {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (!facts || facts.isFile() || facts.isDirectory()) return null;
  const stream = facts.isFIFO() ? await openFifoToWrite(path, signal) : createWriteStream(path);
  const output = streamOutput(stream, signal);
  return {
    write: output.write,
    async commit() {
      await new Promise<void>((ended) => stream.end(ended));
      await output.commit();
    },
    async abort() {
      stream.destroy();
      // The listener for its errors stays: what comes of the end is nobody's news.
    },
  };
}

function streamOutput(stdout: OutputStream, signal: AbortSignal): RowOutput {
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
