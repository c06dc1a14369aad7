// A file that somebody named, whole; of a named pipe all that is written to it, for as long as the command is not told to stop.
import { readFile } from 'node:fs/promises';
import { isFifo, openFifo } from '../files/open-fifo.js';
import { streamed } from './open-input.js';

/** Throws what the system says. An ordinary read of a pipe would hold a thread, and with it the end of the process, until somebody writes. */
export async function readGivenFile(path: string, signal: AbortSignal): Promise<Buffer> {
  if (!isFifo(path)) return readFile(path);
  const chunks: Uint8Array[] = [];
  for await (const chunk of streamed(openFifo(path), signal)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
