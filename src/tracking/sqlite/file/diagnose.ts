// Turns a store file and the copy beside it into plain facts about their state; changes nothing.
import { stat } from 'node:fs/promises';
import type { World } from '../../../world.js';
import { Connection } from '../connection.js';
import type { Sqlite } from '../driver.js';
import { backupPath } from './backup.js';
import { readStoreState, tableNames } from './store-state.js';

export interface StoreCounts {
  readonly runs: number;
  readonly loggedModels: number;
  readonly modelVersions: number;
}

interface FileFacts {
  readonly path: string;
  readonly revision: string | null;
  /** Null if the tables cannot be read. */
  readonly counts: StoreCounts | null;
}

export interface StoreDiagnosis extends FileFacts {
  readonly verdict:
    | 'ok'
    | 'missing'
    | 'empty'
    | 'half_migrated'
    | 'unknown_revision'
    | 'foreign'
    | 'programmed'
    | 'damaged';
  /** Tables an interrupted migration left. Beside the verdict `ok`: harmless for the MLflow that made them. */
  readonly leftovers: readonly string[];
  /** What SQLite's own check found. */
  readonly faults: readonly string[];
  readonly backup: FileFacts | null;
}

export async function diagnoseStore(path: string, world: World): Promise<StoreDiagnosis> {
  const none = { path, revision: null, counts: null, leftovers: [], faults: [] };
  const backup = (await exists(backupPath(path))) ? await factsOf(backupPath(path), world) : null;
  if (!(await exists(path))) return { ...none, verdict: 'missing', backup };
  let connection: Connection | null = null;
  try {
    connection = await Connection.open(path, world);
    return await connection.read((sqlite) => {
      const state = readStoreState(sqlite);
      const faults = faultsOf(sqlite);
      return {
        path,
        verdict: faults.length > 0 ? 'damaged' : state.kind === 'ready' ? 'ok' : state.kind,
        revision: 'revision' in state ? state.revision : null,
        counts: countsOf(sqlite),
        leftovers:
          state.kind === 'half_migrated'
            ? state.leftovers
            : tableNames(sqlite).filter((name) => name.startsWith('_alembic_tmp_')),
        faults,
        backup,
      };
    });
  } catch (error) {
    return { ...none, verdict: 'damaged', faults: [(error as Error).message], backup };
  } finally {
    await connection?.close();
  }
}

async function factsOf(path: string, world: World): Promise<FileFacts> {
  let connection: Connection | null = null;
  try {
    connection = await Connection.open(path, world);
    return await connection.read((sqlite) => {
      const state = readStoreState(sqlite);
      return {
        path,
        revision: 'revision' in state ? state.revision : null,
        counts: faultsOf(sqlite).length > 0 ? null : countsOf(sqlite),
      };
    });
  } catch {
    return { path, revision: null, counts: null };
  } finally {
    await connection?.close();
  }
}

export function faultsOf(sqlite: Sqlite): string[] {
  return sqlite
    .all('PRAGMA integrity_check(20)')
    .map((row) => String(Object.values(row)[0]))
    .filter((line) => line !== 'ok');
}

function countsOf(sqlite: Sqlite): StoreCounts | null {
  try {
    const count = (table: string) => Number(sqlite.first(`SELECT count(*) AS n FROM ${table}`)?.['n']);
    return { runs: count('runs'), loggedModels: count('logged_models'), modelVersions: count('model_versions') };
  } catch {
    return null;
  }
}

export const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
