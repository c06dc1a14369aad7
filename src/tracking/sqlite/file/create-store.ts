// Turns an empty path into a store file at MLflow's 3.0 schema, which others see complete or not at all.
import { type FileHandle, link, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MlctlError } from '../../../errors/error.js';
import { removeFile } from '../../../files/remove-file.js';
import { sweepTemporaryFiles } from '../../../files/sweep-temporary-files.js';
import { temporaryBeside } from '../../../files/write-atomically.js';
import { Sqlite } from '../driver.js';
import { REVISION_3_0, SCHEMA_3_0 } from './schema-3-0.js';

/** Tables, revision and the experiment 0 that MLflow expects; runs inside the caller's transaction. */
export function fillNewStore(sqlite: Sqlite, artifactRoot: string, now: number): void {
  sqlite.exec(SCHEMA_3_0);
  sqlite.run('INSERT INTO alembic_version (version_num) VALUES (?)', REVISION_3_0);
  sqlite.run(
    "INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time) VALUES (0, 'Default', ?, 'active', ?, ?)",
    join(artifactRoot, '0'),
    now,
    now,
  );
}

/** Creates the file unless another process does so first; either way a complete file is there afterwards. */
export async function createStore(path: string, artifactRoot: string, now: number): Promise<void> {
  const folder = dirname(path);
  // One that was killed here left its file, and nobody has come since.
  sweepTemporaryFiles(folder, 'remove', 0);
  const temporary = temporaryBeside(path);
  try {
    const sqlite = await Sqlite.open(temporary);
    try {
      // Nobody else sees the file yet, and all of it is flushed below.
      sqlite.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; BEGIN');
      fillNewStore(sqlite, artifactRoot, now);
      sqlite.exec('COMMIT');
    } finally {
      sqlite.close();
    }
    await flush(temporary, 'r+');
    await placeWithoutReplacing(temporary, path);
    // Folders cannot be flushed everywhere (Windows).
    await flush(folder, 'r').catch(() => {});
  } catch (cause) {
    if (cause instanceof MlctlError) throw cause;
    throw new MlctlError('STORE_FILE_FAILED', `a new store could not be made at ${path}: ${(cause as Error).message}`, {
      hint: `check that the folder ${folder} exists and that you may write there`,
      cause,
    });
  } finally {
    removeFile(temporary);
  }
}

async function placeWithoutReplacing(temporary: string, path: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EEXIST') return;
    // A file system without hard links: the time between the check and the move is microseconds, and the file is complete.
    const taken = await stat(path).then(
      () => true,
      () => false,
    );
    if (!taken) await rename(temporary, path);
  }
}

async function flush(path: string, mode: 'r' | 'r+'): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, mode);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
