// Turns a path into an open store file: creates it if missing and wanted, and waits while another process is upgrading it.
import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { MlctlError } from '../../../errors/error.js';
import { monotonicMs, type World } from '../../../world.js';
import { Connection } from '../connection.js';
import type { Sqlite } from '../driver.js';
import { createStore, fillNewStore } from './create-store.js';
import { noStoreAt } from './no-store-at.js';
import { REVISION_3_0 } from './schema-3-0.js';
import { readStoreState, refusal, type StoreState } from './store-state.js';

/** A migration step takes well under a second. If a file does not change for this long, nobody is working on it. */
const SETTLED_MS = 3_000;

interface OpenedFile {
  readonly connection: Connection;
  readonly state: Extract<StoreState, { kind: 'ready' | 'unknown_revision' }>;
}

interface StoreFile {
  readonly path: string;
  readonly artifactRoot: string;
  readonly missing: 'make' | 'refuse';
}

export async function openFile(file: StoreFile, world: World): Promise<OpenedFile> {
  const { path, artifactRoot } = file;
  const missing = isMissing(path);
  if (missing && file.missing === 'refuse') throw await noStoreAt(path, world.cwd);
  if (missing) await createStore(path, artifactRoot, world.now());
  const connection = await Connection.open(path, world);
  try {
    return { connection, state: await settle(connection, file, world) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What cannot be looked at is there. */
function isMissing(path: string): boolean {
  try {
    statSync(path);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

async function settle(
  connection: Connection,
  { path, artifactRoot, missing }: StoreFile,
  world: World,
): Promise<OpenedFile['state']> {
  let before = '';
  let since = monotonicMs();
  for (;;) {
    const { state, mark } = await connection.read((sqlite) => ({
      state: readStoreState(sqlite),
      mark: markOf(sqlite),
    }));
    if (state.kind === 'ready') {
      await refuseWorkspaces(connection, state.revision);
      return state;
    }
    if (state.kind === 'unknown_revision' && state.readable) return state;
    if (mark !== before) since = monotonicMs();
    else if (monotonicMs() - since > SETTLED_MS || state.kind === 'foreign' || state.kind === 'programmed') {
      const error = refusal(state, connection.path);
      if (error) throw error;
      if (missing === 'refuse' && state.kind === 'empty') throw await noStoreAt(path, world.cwd);
      // Still empty: made by `touch`, or by a program that died at once. Filled in one transaction, so never half-made.
      await connection.write((sqlite) => {
        if (readStoreState(sqlite).kind === 'empty') fillNewStore(sqlite, artifactRoot, world.now());
      });
    }
    before = mark;
    if (world.signal.aborted) throw world.signal.reason;
    await sleep(100);
  }
}

/** Changes with every step of an upgrade. */
function markOf(sqlite: Sqlite): string {
  const rows = sqlite.all('SELECT count(*) AS n, coalesce(max(rootpage), 0) AS page FROM sqlite_master');
  const version = sqlite.all('PRAGMA schema_version');
  return JSON.stringify([rows, version]);
}

/** As in Python: a store with several workspaces is refused by a client that does not know workspaces. */
async function refuseWorkspaces(connection: Connection, revision: string): Promise<void> {
  if (revision === REVISION_3_0) return;
  const found = await connection.read((sqlite) => {
    const columns = sqlite.all("SELECT name FROM pragma_table_info('experiments') WHERE name = 'workspace'");
    return (
      columns.length > 0 &&
      sqlite.first(
        "SELECT 1 AS one FROM experiments WHERE workspace <> 'default' UNION ALL SELECT 1 FROM registered_models WHERE workspace <> 'default' LIMIT 1",
      ) !== null
    );
  });
  if (found)
    throw new MlctlError(
      'STORE_UNSUPPORTED',
      `the store ${connection.path} holds experiments or models of more than one workspace`,
      {
        hint: 'reach it through its MLflow server: set MLFLOW_TRACKING_URI to the server',
      },
    );
}
