// Turns a folder into whether a file can be made there: one is written and removed again.
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFile } from './remove-file.js';
import { temporaryBeside, writeFailed, writeNewFile } from './write-atomically.js';

/** The folder itself, or the nearest one above it that exists. */
export function existingFolder(folder: string): string {
  const facts = statSync(folder, { throwIfNoEntry: false });
  return facts !== undefined || dirname(folder) === folder ? folder : existingFolder(dirname(folder));
}

/** Throws FILE_WRITE_FAILED, which names the folder that exists. */
export async function probeFolder(folder: string): Promise<void> {
  const place = existingFolder(folder);
  const file = temporaryBeside(join(place, 'mlctl-doctor'));
  try {
    await writeNewFile(file, 'mlctl doctor\n');
  } catch (error) {
    throw writeFailed(place, error);
  } finally {
    removeFile(file);
  }
}
