// Whether a file may be written: only at known revisions, and only if every column we do not fill has a default or may be null.
import { MlctlError } from '../../../errors/error.js';
import type { Connection } from '../connection.js';
import { isKnownRevision } from './revisions.js';
import { REVISION_3_0, SCHEMA_3_0 } from './schema-3-0.js';
import { knownTables, unknownRevision } from './store-state.js';

/** Costs something only the first time. */
export function writeGuard(connection: Connection, revision: string): () => Promise<void> {
  let checked: Promise<void> | null = null;
  return () => {
    checked ??= check(connection, revision);
    return checked;
  };
}

async function check(connection: Connection, revision: string): Promise<void> {
  if (!isKnownRevision(revision)) throw unknownRevision(connection.path, revision, 'write');
  if (revision === REVISION_3_0) return;
  const strange = await connection.read((sqlite) =>
    knownTables().flatMap((table) => {
      const ours = SCHEMA_3_0.slice(SCHEMA_3_0.indexOf(`CREATE TABLE ${table} (`)).split(';', 1)[0] ?? '';
      return sqlite
        .all(`SELECT name, "notnull" AS required, dflt_value FROM pragma_table_info('${table}')`)
        .filter(
          (column) =>
            column['required'] === 1 &&
            column['dflt_value'] === null &&
            !ours.includes(`\n  ${String(column['name'])} `),
        )
        .map((column) => `${table}.${String(column['name'])}`);
    }),
  );
  if (strange.length > 0)
    throw new MlctlError(
      'STORE_REVISION_UNKNOWN',
      `refused to write the store ${connection.path}: it demands values for ${strange.join(', ')}, which this mlctl does not know`,
      {
        hint: 'update mlctl, or write through an MLflow server (MLFLOW_TRACKING_URI)',
        details: { path: connection.path, revision, columns: strange },
      },
    );
}
