// Removes a file that mlctl made, and nothing that is there in its place: neither a link, nor a folder, nor a pipe.
import { lstatSync, unlinkSync } from 'node:fs';

/** Never throws; false where something stays there. */
export function removeFile(path: string): boolean {
  try {
    const facts = lstatSync(path, { throwIfNoEntry: false });
    if (facts === undefined) return true;
    if (!facts.isFile()) return false;
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
