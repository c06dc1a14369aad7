// Checks the free space of a folder: does a package of ordinary size fit?
import { statfs } from 'node:fs/promises';
import { existingFolder, probeFolder } from '../../files/probe-folder.js';
import { asTyped } from '../../text/as-typed.js';
import { printable } from '../../text/printable.js';
import { redactUri } from '../../text/redact.js';
import { type Check, passed, skipped, warned } from '../check.js';
import { failed } from './failed.js';

const GIB = 1024 ** 3;
/** Below this a package of ordinary size may not fit. */
const LITTLE_SPACE = GIB / 2;

async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** `setting` names what moves the folder elsewhere. A folder that does not exist is looked for above, and must be possible to make. */
export async function judgeSpace(folder: string, setting: string | null): Promise<Check> {
  const place = existingFolder(folder);
  const check = judgeFreeBytes(folder, await freeBytes(place), setting, place);
  if (check.status === 'fail') return check;
  try {
    await probeFolder(folder);
    return check;
  } catch (error) {
    return failed(error, check.details);
  }
}

/** `free` is null where the system does not say; `place` is the folder that exists. */
export function judgeFreeBytes(folder: string, free: number | null, setting: string | null, place = folder): Check {
  const [shown, there] = [folder, place].map((path) => printable(redactUri(path), 300)) as [string, string];
  if (free === null) return skipped(`the free space at ${shown} is unknown`);
  const details = { folder: shown, free_bytes: free };
  const message = `${(free / GIB).toFixed(1)} GiB free at ${there}${there === shown ? '' : `; ${shown} is made there when it is needed`}`;
  if (free >= LITTLE_SPACE) return passed(message, details);
  const elsewhere = setting === null ? 'work in another folder' : `export ${setting}=… to a disk with more space`;
  return warned(
    `${message}, less than ${LITTLE_SPACE / GIB} GiB: a model may not fit`,
    `free some space (du -sh ${asTyped(there)}), or ${elsewhere}`,
    details,
  );
}
