// Turns the name of a file into its bytes. A named pipe is read to its end, or until the command is stopped.
import { readFile, stat } from 'node:fs/promises';
import { MlctlError } from '../errors/error.js';
import { isFifo, openFifo } from '../files/open-fifo.js';
import { printable } from '../text/printable.js';
import { streamed } from './open-input.js';

/**
 * Throws what the system says, or LIMIT_EXCEEDED beyond `mostBytes`. An ordinary read of a pipe would block a thread, and so the
 * end of the process, until somebody writes.
 */
export async function readGivenFile(
  path: string,
  signal: AbortSignal,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<Buffer> {
  if (!isFifo(path)) {
    refuseMore(path, mostBytes === Number.POSITIVE_INFINITY ? 0 : (await stat(path)).size, mostBytes);
    return readFile(path);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamed(openFifo(path), signal)) {
    size += chunk.length;
    refuseMore(path, size, mostBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuseMore(path: string, size: number, mostBytes: number): void {
  if (size > mostBytes)
    throw new MlctlError(
      'LIMIT_EXCEEDED',
      `"${printable(path, 150)}" has ${size} bytes; at most ${mostBytes} are read`,
    );
}
