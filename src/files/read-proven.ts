// Turns a file into its bytes, and ends with an error if they are not the bytes that were hashed before.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';

/** The error of a file that changed after it was hashed. */
export function changedSince(file: string, expected: string, found: string): MlctlError {
  return new MlctlError(
    'INTEGRITY_MISMATCH',
    `"${printable(file)}" was changed after it was verified: expected sha256:${expected}, found sha256:${found}`,
    {
      hint: 'fetch the model again, into a folder that nothing else writes to',
      details: { file: printable(file), expected: `sha256:${expected}`, found: `sha256:${found}` },
    },
  );
}

/** The error comes at the end, so a caller that writes the bytes must write all or nothing. */
export async function* readProven({ file, sha256 }: { file: string; sha256?: string }): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (sha256 !== undefined) hash.update(chunk as Buffer);
    yield chunk as Buffer;
  }
  if (sha256 === undefined) return;
  const found = hash.digest('hex');
  if (found !== sha256) throw changedSince(file, sha256, found);
}
