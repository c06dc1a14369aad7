// Turns a store file into its present state: ready, empty, half-migrated by Python, of an unknown revision, or not an MLflow
// store at all.
import { MlctlError } from '../../../errors/error.js';
import { printable } from '../../../text/printable.js';
import type { Sqlite } from '../driver.js';
import { isKnownRevision, revisionSteps } from './revisions.js';
import { REVISION_3_0, SCHEMA_3_0 } from './schema-3-0.js';

export type StoreState =
  | { readonly kind: 'ready'; readonly revision: string }
  | { readonly kind: 'empty' }
  /** `leftovers`: what an interrupted migration left and what makes the next one fail: tables, columns (a.b), indexes (#a). */
  | { readonly kind: 'half_migrated'; readonly revision: string; readonly leftovers: readonly string[] }
  | { readonly kind: 'unknown_revision'; readonly revision: string; readonly readable: boolean }
  | { readonly kind: 'foreign'; readonly tables: readonly string[] }
  /** Triggers or views, which would run with what is written or read. */
  | { readonly kind: 'programmed'; readonly names: readonly string[] };

/** The tables of the 3.0 schema. */
export function knownTables(): readonly string[] {
  return [...SCHEMA_3_0.matchAll(/^CREATE TABLE (\w+)/gm)].map((match) => match[1] ?? '');
}

export function tableNames(sqlite: Sqlite): string[] {
  return sqlite
    .all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .map((row) => String(row['name']));
}

/** MLflow makes one trigger, from 3.7 on, over a table that mlctl does not write; and no views. */
function programsIn(sqlite: Sqlite): string[] {
  return sqlite
    .all(
      "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view') AND NOT (type = 'trigger' AND name = 'prevent_secrets_aad_mutation' AND tbl_name = 'secrets') ORDER BY name LIMIT 5",
    )
    .map((row) => String(row['name']));
}

export function readRevision(sqlite: Sqlite): string | null {
  const row = sqlite.first('SELECT version_num FROM alembic_version');
  return row === null ? null : String(row['version_num']);
}

export function readStoreState(sqlite: Sqlite): StoreState {
  const tables = new Set(tableNames(sqlite));
  const names = programsIn(sqlite);
  if (names.length > 0) return { kind: 'programmed', names };
  if (tables.size === 0) return { kind: 'empty' };
  const revision = tables.has('alembic_version') ? readRevision(sqlite) : null;
  const known = knownTables();
  if (revision === null) {
    if (!tables.has('experiments')) return { kind: 'foreign', tables: [...tables] };
    return {
      kind: 'half_migrated',
      revision: 'none',
      leftovers: [...tables].filter((name) => name.startsWith('_alembic_tmp_')),
    };
  }
  const readable = known.every((name) => tables.has(name));
  if (!isKnownRevision(revision)) return { kind: 'unknown_revision', revision, readable };
  const leftovers = leftoversOf(sqlite, tables, revision);
  if (leftovers.length > 0 || !readable) return { kind: 'half_migrated', revision, leftovers };
  return { kind: 'ready', revision };
}

/**
 * What makes the next migration fail: the copies that Alembic makes of a table, names the next step adds that exist already,
 * names it removes that are gone. At the last revision of a release, copies do not disturb that release; only at 3.0 will an
 * upgrade certainly follow.
 */
function leftoversOf(sqlite: Sqlite, tables: ReadonlySet<string>, revision: string): string[] {
  const copies = [...tables].filter((name) => name.startsWith('_alembic_tmp_'));
  const steps = revisionSteps();
  const at = steps.findIndex((step) => step.revision === revision);
  const next = steps[revision === REVISION_3_0 ? 0 : at + 1];
  if (!next) return [];
  const there = (name: string) => hasName(sqlite, name);
  const early = next.added
    .filter((name) => !next.added.includes(name.split('.', 1)[0] ?? '') || !name.includes('.'))
    .filter(there);
  const gone = next.removed.filter((name) => !there(name)).map((name) => `(gone) ${name}`);
  const settled = revision === 'dc11669786a5' && early.length + gone.length === 0;
  return settled ? [] : [...copies, ...early, ...gone];
}

/** A table, a column as table.column, an index as #name. */
function hasName(sqlite: Sqlite, name: string): boolean {
  const [table = '', column] = name.split('.');
  if (column !== undefined)
    return sqlite.first('SELECT 1 AS one FROM pragma_table_info(?) WHERE name = ?', table, column) !== null;
  const type = name.startsWith('#') ? 'index' : 'table';
  return (
    sqlite.first('SELECT 1 AS one FROM sqlite_master WHERE type = ? AND name = ?', type, name.replace('#', '')) !== null
  );
}

/** Why a state other than `ready` stops a command; null if it does not. */
export function refusal(state: StoreState, path: string): MlctlError | null {
  switch (state.kind) {
    case 'ready':
    case 'empty':
      return null;
    case 'unknown_revision':
      return state.readable ? null : unknownRevision(path, state.revision, 'read');
    case 'half_migrated':
      return new MlctlError(
        'STORE_HALF_MIGRATED',
        `the store ${path} is half-migrated: an upgrade by Python MLflow was interrupted at revision ${state.revision}${state.leftovers.length > 0 ? ` and left ${state.leftovers.join(', ')}` : ''}`,
        {
          hint: 'run mlctl doctor --repair; no run or version is dropped and the damaged file is kept next to the repaired one',
          details: { path, revision: state.revision, leftovers: state.leftovers },
        },
      );
    case 'programmed':
      return programmed(path, state.names);
    case 'foreign':
      return new MlctlError(
        'STORE_UNSUPPORTED',
        `the SQLite file ${path} is not an MLflow store: it has the tables ${state.tables.slice(0, 5).join(', ')}`,
        {
          hint: 'name another file in MLFLOW_TRACKING_URI',
        },
      );
  }
}

function programmed(path: string, names: readonly string[]): MlctlError {
  const shown = names.map((name) => printable(name, 60)).join(', ');
  return new MlctlError(
    'STORE_UNSUPPORTED',
    `the store ${path} has triggers or views that MLflow never makes: ${shown}`,
    { hint: 'ask who made the file; nothing of it was used', details: { path, names } },
  );
}

export function unknownRevision(path: string, revision: string, attempt: 'read' | 'write'): MlctlError {
  return new MlctlError(
    'STORE_REVISION_UNKNOWN',
    `refused to ${attempt} the store ${path}: its schema has revision ${revision}, which this mlctl does not know`,
    {
      hint: `if an older MLflow made the file, back it up and run: mlflow db upgrade sqlite:///${path}; if a newer one did, update mlctl`,
      details: { path, revision },
    },
  );
}
