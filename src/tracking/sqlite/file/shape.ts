// The names a store file should have at a revision: tables, columns (table.column) and indexes (#name); and the names it has.
import type { Sqlite } from '../driver.js';
import { revisionSteps } from './revisions.js';
import { REVISION_3_0, SCHEMA_3_0 } from './schema-3-0.js';

/** Null for an unknown revision. */
export function expectedNames(revision: string): Set<string> | null {
  const names = namesOf30();
  if (revision === REVISION_3_0) return names;
  for (const step of revisionSteps()) {
    for (const name of step.added) names.add(name);
    for (const name of step.removed) names.delete(name);
    if (step.revision === revision) return names;
  }
  return null;
}

/** What the step after a revision adds; nothing after the newest known. */
export function addedByNext(revision: string): readonly string[] {
  const steps = revisionSteps();
  const at = steps.findIndex((step) => step.revision === revision);
  return steps[revision === REVISION_3_0 ? 0 : at < 0 ? steps.length : at + 1]?.added ?? [];
}

/** Every name that any known revision has. */
export function allKnownNames(): Set<string> {
  return new Set([...namesOf30(), ...revisionSteps().flatMap((step) => step.added)]);
}

function namesOf30(): Set<string> {
  const names = new Set<string>();
  for (const [, table = '', body = ''] of SCHEMA_3_0.matchAll(/^CREATE TABLE (\w+) \(\n([^;]*)\n\);/gm)) {
    names.add(table);
    for (const [, column = ''] of body.matchAll(/^ {2}([a-z]\w*) /gm)) names.add(`${table}.${column}`);
  }
  for (const [, index = ''] of SCHEMA_3_0.matchAll(/^CREATE INDEX (\w+)/gm)) names.add(`#${index}`);
  return names;
}

/**
 * Columns only of tables that are known in 3.0 or marked by `withColumns`, because those of other tables come and go with their
 * table.
 */
export function foundNames(sqlite: Sqlite, withColumns: ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const row of sqlite.all(
    "SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
  )) {
    const name = String(row['name']);
    if (row['type'] !== 'table') {
      names.add(`#${name}`);
      continue;
    }
    names.add(name);
    if (!withColumns.has(name)) continue;
    for (const column of sqlite.all(`SELECT name FROM pragma_table_info('${name.replaceAll("'", "''")}')`))
      names.add(`${name}.${String(column['name'])}`);
  }
  return names;
}

/** A table counts as empty if it only holds what the migration itself inserts. */
export function holdsNothing(sqlite: Sqlite, table: string): boolean {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  if (table === 'workspaces')
    return sqlite.first(`SELECT 1 AS one FROM ${quoted} WHERE name <> 'default' LIMIT 1`) === null;
  return sqlite.first(`SELECT 1 AS one FROM ${quoted} LIMIT 1`) === null;
}

/** Every value of the column is null or its default. */
export function columnHoldsNothing(sqlite: Sqlite, table: string, column: string): boolean {
  const info = sqlite.first(`SELECT dflt_value FROM pragma_table_info('${table}') WHERE name = ?`, column);
  const usual = info?.['dflt_value'] ?? null;
  return (
    sqlite.first(
      `SELECT 1 AS one FROM ${table} WHERE "${column}" IS NOT NULL AND "${column}" IS NOT ${usual === null ? 'NULL' : `(${String(usual)})`} LIMIT 1`,
    ) === null
  );
}
