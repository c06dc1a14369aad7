// A named pipe as a stream whose wait for a writer can be ended: an ordinary open() of one blocks a thread until somebody
// writes, and with it the end of the process.
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';

export function isFifo(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

/** Throws what the system says. The stream waits for the first writer and ends with the last. */
export function openFifo(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}
