// Turns bytes or a stream into a file that is complete or absent. A temporary file beside it is written, synced and renamed, and
// then the folder is synced: a kill at any system call leaves the old file, the new one, or a `.tmp` beside it.
import { randomBytes } from 'node:crypto';
import { constants, type Mode } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { MlctlError } from '../errors/error.js';
import { SYSTEM_ERRORS } from '../errors/system-error.js';
import { asTyped } from '../text/as-typed.js';
import { printable } from '../text/printable.js';
import { removeFile } from './remove-file.js';

type Content = Uint8Array | string | AsyncIterable<Uint8Array>;

/** FILE_WRITE_FAILED for whatever the system said; an MlctlError passes through (it came from the source being written). */
export function writeFailed(path: string, error: unknown): MlctlError {
  if (error instanceof MlctlError) return error;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  // An error of the system has a code. Anything else is a bug, and must not be reported as a full disk.
  if (typeof code !== 'string') throw error;
  return new MlctlError(
    'FILE_WRITE_FAILED',
    `writing "${printable(path)}" failed: ${SYSTEM_ERRORS.get(code)?.words ?? code}`,
    {
      hint:
        code === 'ENOENT'
          ? `make the folder first, or correct the path: mkdir -p ${asTyped(dirname(path))}`
          : `check space and permission in ${printable(dirname(path))}; nothing was left behind`,
      details: { path: printable(path), system_code: code },
      cause: error,
    },
  );
}

/** A name beside the target that no other process uses. It is recognisable, so that leftovers of a kill can be removed. */
export function temporaryBeside(path: string): string {
  return join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${process.pid}-${randomBytes(6).toString('hex')}.mlctl-tmp`,
  );
}

/** Makes a rename or a new entry in `folder` survive a power cut. Windows has no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some network file systems have no fsync for folders.
    if (!['EINVAL', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, content: Content): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) {
    await handle.writeFile(content);
    return;
  }
  for await (const chunk of content) {
    for (let at = 0; at < chunk.byteLength; ) {
      at += (await handle.write(chunk, at, chunk.byteLength - at)).bytesWritten;
    }
  }
}

/** Creates a file that must not exist yet, never through a link, and syncs it. */
export async function writeNewFile(path: string, content: Content, mode: Mode = 0o600): Promise<void> {
  const handle = await open(
    path,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0),
    mode,
  );
  try {
    await writeAll(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

interface WriteOptions {
  /** Permission bits of the finished file; 0600 if left out. */
  readonly mode?: Mode;
  /** Called just before the rename. */
  readonly signal?: AbortSignal;
}

/** All or nothing; replaces an existing file and creates parent folders. Throws FILE_WRITE_FAILED. */
export async function writeAtomically(path: string, content: Content, options: WriteOptions = {}): Promise<void> {
  const temporary = temporaryBeside(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeNewFile(temporary, content, options.mode ?? 0o600);
    options.signal?.throwIfAborted();
    await rename(temporary, path);
  } catch (error) {
    removeFile(temporary);
    if (options.signal?.aborted) throw options.signal.reason;
    throw writeFailed(path, error);
  }
  await syncFolder(dirname(path)).catch((error) => {
    throw writeFailed(path, error);
  });
}
