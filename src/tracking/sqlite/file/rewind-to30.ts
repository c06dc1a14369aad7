// Turns a half-migrated store file back to MLflow's 3.0 schema with all its rows, so that Python's upgrade starts from the
// beginning.
import type { Sqlite } from '../driver.js';
import { NotPossible } from './finish-upgrade.js';
import { REVISION_3_0, SCHEMA_3_0 } from './schema-3-0.js';
import { allKnownNames, columnHoldsNothing, holdsNothing } from './shape.js';
import { knownTables, tableNames } from './store-state.js';

const OLD = 'mlctl_old_';

/**
 * Only if nothing is lost: tables and columns that came after 3.0 must be empty. Runs inside one transaction with foreign keys
 * off and legacy_alter_table on (so that renaming a table does not change the references to it).
 */
export function rewindTo30(sqlite: Sqlite): string[] {
  const tables = new Set(tableNames(sqlite));
  const known = allKnownNames();
  const ours = knownTables();
  const sources = new Map(ours.map((table) => [table, tables.has(table) ? table : `_alembic_tmp_${table}`]));
  const dropped: string[] = [];
  for (const [table, source] of sources) if (!tables.has(source)) throw new NotPossible(`the table ${table} is gone`);
  const used = new Set(sources.values());
  for (const table of tables) {
    if (used.has(table)) continue;
    const copy = table.startsWith('_alembic_tmp_');
    // Other programs' tables stay as they are.
    if (!copy && !known.has(table)) continue;
    const original = table.slice('_alembic_tmp_'.length);
    const count = (name: string) => Number(sqlite.first(`SELECT count(*) AS n FROM "${name}"`)?.['n']);
    const needless = copy && tables.has(original) ? count(original) >= count(table) : holdsNothing(sqlite, table);
    if (!needless) throw new NotPossible(`the table ${table}, which 3.0 does not have, holds rows`);
    dropped.push(table);
  }
  for (const [table, source] of sources) {
    for (const row of sqlite.all(`SELECT name FROM pragma_table_info('${source}')`)) {
      const column = String(row['name']);
      if (known.has(`${table}.${column}`) && isColumnOf30(table, column)) continue;
      if (!columnHoldsNothing(sqlite, source, column))
        throw new NotPossible(`the column ${table}.${column}, which 3.0 does not have, holds values`);
      dropped.push(`${table}.${column}`);
    }
  }
  const faultsBefore = sqlite.all('PRAGMA foreign_key_check').length;
  for (const row of sqlite.all(
    "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
  ))
    if (used.has(String(row['tbl_name'])) || dropped.includes(String(row['tbl_name'])))
      sqlite.exec(`DROP ${String(row['type'])} "${String(row['name'])}"`);
  for (const name of dropped) if (!name.includes('.')) sqlite.exec(`DROP TABLE "${name}"`);
  for (const [table, source] of sources) sqlite.exec(`ALTER TABLE "${source}" RENAME TO ${OLD}${table}`);
  sqlite.exec(SCHEMA_3_0);
  for (const table of ours) {
    if (table === 'alembic_version') sqlite.run('INSERT INTO alembic_version (version_num) VALUES (?)', REVISION_3_0);
    else {
      const columns = sqlite
        .all(`SELECT name FROM pragma_table_info('${table}')`)
        .map((row) => `"${String(row['name'])}"`)
        .join(', ');
      sqlite.run(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM ${OLD}${table}`);
    }
    sqlite.exec(`DROP TABLE ${OLD}${table}`);
  }
  if (sqlite.all('PRAGMA foreign_key_check').length > faultsBefore)
    throw new NotPossible('rows would refer to missing rows');
  return dropped;
}

function isColumnOf30(table: string, column: string): boolean {
  const body = SCHEMA_3_0.slice(SCHEMA_3_0.indexOf(`CREATE TABLE ${table} (`)).split(';', 1)[0] ?? '';
  return body.includes(`\n  ${column} `);
}
