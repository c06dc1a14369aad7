// Turns a set of files into a folder that is complete or absent: built in a temp sibling, fsynced, then renamed into place.
import { lstat, mkdir, rename } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { printable } from '../text/printable.js';
import { safeJoin } from '../uri/safe-join.js';
import { readProven } from './read-proven.js';
import { refuseClashes } from './refuse-clashes.js';
import { makeScratch, removeScratch, scratchPath } from './scratch-folder.js';
import { syncFolder, writeFailed, writeNewFile } from './write-atomically.js';

/** Bytes, or a file to copy; `sha256` (lower-case hex) if it was hashed already and the copy must have the same bytes. */
export type FolderFile = Uint8Array | { readonly file: string; readonly sha256?: string };

/** Throws FILE_EXISTS if something already is at `target`. */
export async function refuseExisting(target: string): Promise<void> {
  const there = await lstat(target).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw writeFailed(target, error);
    },
  );
  if (there) {
    throw new MlctlError('FILE_EXISTS', `"${printable(target)}" exists already; nothing is overwritten`, {
      hint: 'choose another name, or remove it first',
      details: { path: printable(target) },
    });
  }
}

/** Builds a folder with `fill(temp folder)` and puts it at `target`, which must not exist. After an error nothing is left. */
export async function buildFolderAtomically(
  target: string,
  fill: (folder: string) => Promise<void>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  const place = resolve(target);
  await refuseExisting(place);
  const scratch = scratchPath(dirname(place));
  const temporary = join(scratch, 'files');
  try {
    await mkdir(dirname(place), { recursive: true });
    makeScratch(scratch);
    await mkdir(temporary, { mode: 0o700 });
    await fill(temporary);
    options.signal?.throwIfAborted();
    await syncFolder(temporary);
    // A rename onto an empty folder would succeed on POSIX, so look again.
    await refuseExisting(place);
    await rename(temporary, place);
    await syncFolder(dirname(place));
  } catch (error) {
    if (options.signal?.aborted) throw options.signal.reason;
    throw writeFailed(place, error);
  } finally {
    removeScratch(scratch);
  }
}

/** Writes `files` (POSIX paths) as the new folder `target`. Throws FILE_EXISTS, PATH_REFUSED, FILE_WRITE_FAILED, INTEGRITY_MISMATCH. */
export async function writeFolderAtomically(
  target: string,
  files: ReadonlyMap<string, FolderFile>,
  options: { readonly signal?: AbortSignal } = {},
): Promise<void> {
  refuseClashes([...files.keys()]);
  await buildFolderAtomically(
    target,
    async (folder) => {
      const folders = new Set<string>();
      for (const [path, file] of files) {
        options.signal?.throwIfAborted();
        const place = safeJoin(folder, path);
        const parent = dirname(place);
        if (parent !== folder && !folders.has(parent)) {
          await mkdir(parent, { recursive: true, mode: 0o700 });
          folders.add(parent);
        }
        await writeNewFile(place, file instanceof Uint8Array ? file : readProven(file));
      }
      for (const parent of folders) await syncFolder(parent);
    },
    options,
  );
}
