// Turns a large local file into parts that are sent a few at a time; returns the answer to each part, in order.
import { open, stat } from 'node:fs/promises';
import { MlctlError } from '../../errors/error.js';
import { printable } from '../../text/printable.js';
import { inParallel } from '../in-parallel.js';

/** S3 allows at most this many parts, with at least 5 MiB in each but the last. */
const MOST_PARTS = 10_000;
const SMALLEST_PART = 5 * 1024 * 1024;
/** Parts sent at the same time; their bytes are in memory. */
const LANES = 3;

interface SentPart {
  /** From 1. */
  readonly number: number;
  readonly etag: string;
}

/** The size of a part: as configured, but large enough for the file to fit into 10,000 parts. */
export function partSizeFor(size: number, wanted: number): number {
  return Math.max(SMALLEST_PART, wanted, Math.ceil(size / MOST_PARTS));
}

/** `send` gets the bytes of one part and must retry by itself. */
export async function sendInParts(
  file: string,
  size: number,
  partSize: number,
  send: (number: number, bytes: Uint8Array) => Promise<string>,
): Promise<readonly SentPart[]> {
  const handle = await open(file, 'r');
  try {
    const parts: SentPart[] = [];
    const numbers = Array.from({ length: Math.max(1, Math.ceil(size / partSize)) }, (_, i) => i + 1);
    await inParallel(numbers, LANES, async (number) => {
      const start = (number - 1) * partSize;
      const bytes = Buffer.allocUnsafe(Math.min(partSize, size - start));
      for (let at = 0; at < bytes.byteLength; ) {
        const { bytesRead } = await handle.read(bytes, at, bytes.byteLength - at, start + at);
        if (bytesRead === 0) throw shrank(file);
        at += bytesRead;
      }
      parts[number - 1] = { number, etag: await send(number, bytes) };
    });
    if ((await stat(file)).size !== size) throw shrank(file);
    return parts;
  } finally {
    await handle.close();
  }
}

function shrank(file: string): MlctlError {
  return new MlctlError('FILE_UNREADABLE', `"${printable(file)}" changed its size while it was sent`, {
    hint: 'run the command again when nothing writes to it',
  });
}
