// Turns pieces into a file that appears only when it is complete: temp file beside it, fsync, rename.
import { constants } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { removeFile } from './remove-file.js';
import { syncFolder, temporaryBeside, writeFailed } from './write-atomically.js';

interface AtomicFile {
  write(bytes: Uint8Array): Promise<void>;
  /** Syncs the file and gives it its name. */
  commit(): Promise<void>;
  /** Leaves nothing behind; does nothing after `commit`. */
  abort(): Promise<void>;
}

/** The folder must exist: a mistyped path is not made true. */
export async function openAtomicFile(path: string, mode = 0o644): Promise<AtomicFile> {
  const temporary = temporaryBeside(path);
  const failed = (error: unknown): never => {
    throw writeFailed(path, error);
  };
  const handle = await open(
    temporary,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0),
    mode,
  ).catch(failed);
  let done = false;
  return {
    async write(bytes) {
      try {
        for (let at = 0; at < bytes.byteLength; ) {
          at += (await handle.write(bytes, at, bytes.byteLength - at)).bytesWritten;
        }
      } catch (error) {
        failed(error);
      }
    },
    async commit() {
      try {
        await handle.sync();
        await handle.close();
        await rename(temporary, path);
        await syncFolder(dirname(path));
        done = true;
      } catch (error) {
        failed(error);
      }
    },
    async abort() {
      if (done) return;
      done = true;
      await handle.close().catch(() => {});
      removeFile(temporary);
    },
  };
}
