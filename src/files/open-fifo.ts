// Turns a named pipe into a stream that can stop waiting for a writer. An ordinary open() blocks a thread until somebody writes,
// and so also the end of the process.
import { closeSync, constants, openSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;

export function isFifo(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFIFO() ?? false;
}

/** Throws what the system says. The stream waits for the first writer and ends after the last. */
export function openFifo(path: string): Readable {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return new Socket({ fd, readable: true, writable: false });
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Waits until somebody reads, or throws what the signal was aborted with. */
export async function openFifoToWrite(path: string, signal: AbortSignal): Promise<Writable> {
  for (;;) {
    signal.throwIfAborted();
    try {
      const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      // Nobody has it open for reading.
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
    }
    await pause(LOOK_EVERY_MS);
  }
}
