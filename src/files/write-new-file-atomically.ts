// Turns a text into a new file that is complete or absent, and never in the place of another file.
import { link, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeFile } from './remove-file.js';
import { syncFolder, temporaryBeside, writeFailed, writeNewFile } from './write-atomically.js';
import { refuseExisting } from './write-folder-atomically.js';

/** What a file system says that has no links. */
const NO_LINKS: readonly unknown[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Throws FILE_EXISTS or FILE_WRITE_FAILED. */
export async function writeNewFileAtomically(path: string, text: string, mode = 0o644): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeNewFile(temporary, text, mode);
    // A rename would replace what appeared meanwhile; a link does not.
    await link(temporary, path)
      .catch(async (error: NodeJS.ErrnoException) => {
        if (!NO_LINKS.includes(error.code)) throw error;
        await writeNewFile(path, text, mode);
      })
      .catch(async (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error;
        await refuseExisting(path);
      });
    await syncFolder(dirname(path));
  } catch (error) {
    throw writeFailed(path, error);
  } finally {
    removeFile(temporary);
  }
}
