// Checks the free space of a folder: does a package of ordinary size fit?
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { type Check, passed, skipped, warned } from '../check.js';

const GIB = 1024 ** 3;
/** Below this a package of ordinary size may not fit. */
const LITTLE_SPACE = GIB / 2;

/** Of the folder, or the nearest one above it that exists. */
async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return dirname(folder) === folder ? null : freeBytes(dirname(folder));
  }
}

/** `setting` names what moves the folder elsewhere. */
export const judgeSpace = async (folder: string, setting: string | null): Promise<Check> =>
  judgeFreeBytes(folder, await freeBytes(folder), setting);

/** `free` is null where the system does not say. */
export function judgeFreeBytes(folder: string, free: number | null, setting: string | null): Check {
  const shown = printable(redactUri(folder), 300);
  if (free === null) return skipped(`the free space at ${shown} is unknown`);
  const details = { folder: shown, free_bytes: free };
  const message = `${(free / GIB).toFixed(1)} GiB free at ${shown}`;
  if (free >= LITTLE_SPACE) return passed(message, details);
  const elsewhere = setting === null ? 'work in another folder' : `export ${setting}=… to a disk with more space`;
  return warned(
    `${message}, less than ${LITTLE_SPACE / GIB} GiB: a model may not fit`,
    `free some space (du -sh ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(shown)}), or ${elsewhere}`,
    details,
  );
}
