// Keeps a copy beside a store file while it stands at MLflow's 3.0 schema, because Python's upgrade of it is neither atomic nor locked.
import { lstat, stat } from 'node:fs/promises';
import { MlctlError } from '../../../errors/error.js';
import { removeFile } from '../../../files/remove-file.js';
import type { World } from '../../../world.js';
import { Connection, takeReadLock } from '../connection.js';
import type { Sqlite } from '../driver.js';
import { createStore } from './create-store.js';
import { RELEASED_HEADS } from './revisions.js';
import { REVISION_3_0 } from './schema-3-0.js';
import { knownTables } from './store-state.js';

/** Above this size the copy is refreshed only when the store is closed, and not after every finished run. */
const CHEAP_BYTES = 64 * 1024 * 1024;

export function backupPath(path: string): string {
  return `${path}.mlctl-backup`;
}

/**
 * The copy is itself a store file, replaced by one transaction that takes its write lock before it reads the original. So each of
 * two writers copies a state with its own commit and all that were copied before it, and the copy never goes back.
 */
export class Backup {
  readonly #original: Connection;
  readonly #artifactRoot: string;
  readonly #world: World;
  #copy: Connection | null = null;
  #outdated = false;
  #warned = false;

  constructor(original: Connection, artifactRoot: string, world: World) {
    this.#original = original;
    this.#artifactRoot = artifactRoot;
    this.#world = world;
  }

  outdated(): void {
    this.#outdated = true;
  }

  async bringUpToDateIfCheap(): Promise<void> {
    if (!this.#outdated) return;
    const { size } = await stat(this.#original.path);
    if (size <= CHEAP_BYTES) await this.#refresh();
  }

  /** The last refresh of a store that is being closed. */
  async bringUpToDate(): Promise<void> {
    if (this.#outdated) await this.#refresh();
    const copy = this.#copy;
    this.#copy = null;
    await copy?.close();
  }

  /** If the copy cannot be made, nothing that was logged is lost, so this is a warning, given once. */
  async #refresh(): Promise<void> {
    this.#outdated = false;
    try {
      await this.#replace();
    } catch (error) {
      if (!this.#warned)
        this.#world.warn(`the copy of ${this.#original.path} could not be refreshed: ${(error as Error).message}`);
      this.#warned = true;
    }
  }

  async #replace(): Promise<void> {
    const path = backupPath(this.#original.path);
    const revision = await this.#original.read((sqlite) =>
      String(sqlite.first('SELECT version_num FROM alembic_version')?.['version_num']),
    );
    if (revision !== REVISION_3_0) {
      // A finished upgrade: the copy would be stale from here on.
      if (RELEASED_HEADS.includes(revision) && this.#copy === null) removeFile(path);
      return;
    }
    try {
      this.#copy ??= await this.#openCopy(path);
      await this.#copy.locking((sqlite) => copyTables(sqlite));
    } catch (error) {
      if (!(error instanceof MlctlError) || error.code !== 'STORE_DAMAGED') throw error;
      await this.#copy?.close();
      for (const ending of ['', '-journal']) removeFile(path + ending);
      this.#copy = await this.#openCopy(path);
      await this.#copy.locking((sqlite) => copyTables(sqlite));
    }
  }

  async #openCopy(path: string): Promise<Connection> {
    const there = await lstat(path).catch(() => null);
    // All that is in it is replaced. A link, or a second name of a file, is another's.
    if (there !== null && (!there.isFile() || there.nlink > 1))
      throw new MlctlError('STORE_FILE_FAILED', `${path} is a link or not a file, and would be written over`, {
        hint: `move it away, so that a copy of the store can lie there: mv ${path} elsewhere`,
      });
    if (there === null) await createStore(path, this.#artifactRoot, this.#world.now());
    const copy = await Connection.open(path, this.#world);
    await copy.outside((sqlite) => {
      // The copy protects against a killed upgrade. Against a power cut the file itself is safe, so the copy is not flushed and
      // writers wait less.
      sqlite.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF');
      sqlite.exec(`ATTACH DATABASE '${this.#original.path.replaceAll("'", "''")}' AS original`);
    });
    return copy;
  }
}

/** Begun as a reading transaction, so that only the copy is locked for writing; its first statement takes that lock. */
function copyTables(sqlite: Sqlite): void {
  sqlite.exec('UPDATE main.alembic_version SET version_num = version_num');
  takeReadLock(sqlite, 'original');
  if (sqlite.first('SELECT version_num FROM original.alembic_version')?.['version_num'] !== REVISION_3_0) return;
  const shapes = new Map(
    sqlite.all("SELECT name, sql FROM main.sqlite_master WHERE type = 'table'").map((row) => [row['name'], row['sql']]),
  );
  const originals = new Map(
    sqlite
      .all("SELECT name, sql FROM original.sqlite_master WHERE type = 'table'")
      .map((row) => [row['name'], row['sql']]),
  );
  for (const table of knownTables()) {
    sqlite.run(`DELETE FROM main.${table}`);
    // SQLite copies whole pages if both tables have the same shape and all columns are requested.
    const same = shapes.get(table) === originals.get(table);
    const columns = same
      ? ''
      : sqlite
          .all(`SELECT name FROM pragma_table_info('${table}', 'main')`)
          .map((row) => String(row['name']))
          .join(', ');
    sqlite.run(
      same
        ? `INSERT INTO main.${table} SELECT * FROM original.${table}`
        : `INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM original.${table}`,
    );
  }
}
