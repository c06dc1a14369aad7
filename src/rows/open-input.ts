// Turns a file, a named pipe or stdin into chunks of bytes.
import { type FileHandle, open } from 'node:fs/promises';
import { MlctlError } from '../errors/error.js';
import { isFifo, openFifo } from '../files/open-fifo.js';
import { printable } from '../text/printable.js';
import type { InputStream } from './streams.js';

const CHUNK = 1 << 20;
/**
 * Chunks of bytes; a file is closed when the loop ends, however it ends. With `reuse` a chunk is only valid until the next one is
 * asked for, which saves a megabyte of fresh memory each time. `onRead` is told how many bytes of a file were read, and its size; a
 * pipe has none.
 */
export async function* chunksOf(
  path: string,
  stdin: InputStream,
  signal: AbortSignal,
  reuse = false,
  onRead?: (bytes: number, size: number) => void,
): AsyncGenerator<Uint8Array> {
  const stream = path === '-' ? stdin : isFifo(path) ? openPipe(path) : null;
  if (stream !== null) {
    yield* streamed(stream, signal);
    return;
  }
  const file = await openFile(path);
  try {
    const { size } = await file.stat();
    let memory = Buffer.allocUnsafeSlow(CHUNK);
    let done = 0;
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead, buffer } = await file.read(memory, 0, CHUNK, null);
      if (!reuse) memory = Buffer.allocUnsafeSlow(CHUNK);
      if (bytesRead === 0) return;
      done += bytesRead;
      if (size > 0) onRead?.(done, size);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Input may come late or never, so waiting ends when the command is stopped. */
export async function* streamed(stream: InputStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = (): unknown => stream.destroy(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    // A pipe that was opened too late for the signal would keep the process from ending.
    if (signal.aborted) stream.destroy();
    signal.throwIfAborted();
    for await (const chunk of stream) {
      signal.throwIfAborted();
      yield typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Uint8Array);
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function openPipe(path: string): InputStream {
  try {
    return openFifo(path);
  } catch (cause) {
    throw notOpened(path, cause);
  }
}

/** Can be read from front to back only; a format that needs its end first is spooled. */
export const isStream = (path: string): boolean => path === '-' || isFifo(path);

export async function openFile(path: string): Promise<FileHandle> {
  try {
    const file = await open(path, 'r');
    if (!(await file.stat()).isDirectory()) return file;
    await file.close();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new MlctlError('FILE_NOT_FOUND', `the input "${printable(path)}" does not exist`, {
        cause,
        hint: 'check the path, or use - for stdin',
      });
    throw notOpened(path, cause);
  }
  throw new MlctlError('FILE_REFUSED', `the input "${printable(path)}" is a folder`, { hint: 'name a file in it' });
}

function notOpened(path: string, cause: unknown): MlctlError {
  const code = (cause as NodeJS.ErrnoException).code ?? 'unknown cause';
  return new MlctlError('FILE_REFUSED', `the input "${printable(path)}" cannot be opened (${code})`, {
    cause,
    hint: 'check its permissions',
  });
}

export const inputName = (path: string): string => (path === '-' ? 'stdin' : `"${printable(path)}"`);
