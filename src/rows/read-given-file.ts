// Turns the name of a file into its bytes. A pipe or a device is read to its end, or until the command is stopped.
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { MlctlError } from '../errors/error.js';
import { openFifo } from '../files/open-fifo.js';
import { printable } from '../text/printable.js';
import { streamed } from './open-input.js';

/**
 * Throws what the system says, or LIMIT_EXCEEDED beyond `mostBytes`. An ordinary read of a pipe would block a thread, and so the
 * end of the process, until somebody writes; what a device says has no size before it ends.
 */
export async function readGivenFile(path: string, signal: AbortSignal, mostBytes: number): Promise<Buffer> {
  const facts = await stat(path);
  if (facts.isFile() || facts.isDirectory()) {
    refuseMore(path, facts.size, mostBytes);
    return readFile(path);
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of streamed(facts.isFIFO() ? openFifo(path) : createReadStream(path), signal)) {
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
      `"${printable(path, 150)}" has ${size} bytes or more; at most ${mostBytes} are read`,
      { hint: 'check that this is the file that you mean' },
    );
}
