// Removes what an interrupted migration step left, so that Python can repeat the step. Never drops a row.
import type { Sqlite } from '../driver.js';
import { addedByNext, allKnownNames, columnHoldsNothing, expectedNames, foundNames, holdsNothing } from './shape.js';
import { readRevision, tableNames } from './store-state.js';

/** This repair is not possible; the transaction around it is rolled back. */
export class NotPossible extends Error {}

/**
 * Python's migrations of SQLite commit each CREATE and ALTER at once, but all rows, drops and renames of a step together with the
 * new revision number. So an interrupted step can only leave copies (_alembic_tmp_*) and tables, columns and indexes that it
 * adds. Afterwards the names in the file must be exactly those of its revision.
 */
export function clearInterruptedStep(sqlite: Sqlite): string[] {
  const revision = readRevision(sqlite);
  const expected = revision === null ? null : expectedNames(revision);
  if (revision === null || expected === null) throw new NotPossible(`the revision ${revision ?? 'none'} is unknown`);
  const dropped: string[] = [];
  const drop = (sql: string, name: string) => {
    sqlite.exec(sql);
    dropped.push(name);
  };
  for (const copy of tableNames(sqlite).filter((name) => name.startsWith('_alembic_tmp_'))) {
    if (!isNeedless(sqlite, copy)) throw new NotPossible(`${copy} holds rows that its table does not`);
    drop(`DROP TABLE "${copy}"`, copy);
  }
  const added = addedByNext(revision);
  const tables = new Set(tableNames(sqlite));
  const indexes = new Set(foundNames(sqlite, new Set()));
  for (const name of added) if (name.startsWith('#') && indexes.has(name)) drop(`DROP INDEX "${name.slice(1)}"`, name);
  for (const name of added) {
    if (name.startsWith('#')) continue;
    const [table = '', column] = name.split('.');
    if (!tables.has(table)) continue;
    if (column === undefined) {
      if (!holdsNothing(sqlite, table))
        throw new NotPossible(`the table ${table} belongs to the next revision and already has rows`);
      drop(`DROP TABLE "${table}"`, table);
      tables.delete(table);
    } else if (
      !added.includes(table) &&
      sqlite.first(`SELECT 1 AS one FROM pragma_table_info('${table}') WHERE name = ?`, column) !== null
    ) {
      if (!columnHoldsNothing(sqlite, table, column))
        throw new NotPossible(`the column ${name} belongs to the next revision and already has values`);
      drop(`ALTER TABLE "${table}" DROP COLUMN "${column}"`, name);
    }
  }
  const known = allKnownNames();
  const found = foundNames(sqlite, tablesOf(expected));
  const missing = [...expected].filter((name) => !found.has(name) && hasColumnsListed(name, expected));
  const early = [...found].filter((name) => known.has(name) && !expected.has(name));
  if (missing.length > 0 || early.length > 0)
    throw new NotPossible(
      `the file is not at ${revision}: missing ${missing.join(', ') || 'nothing'}, too early ${early.join(', ') || 'nothing'}`,
    );
  return dropped;
}

/** A copy is not needed if its table is there with at least as many rows. */
function isNeedless(sqlite: Sqlite, copy: string): boolean {
  const table = copy.slice('_alembic_tmp_'.length);
  if (!tableNames(sqlite).includes(table)) return false;
  const count = (name: string) => Number(sqlite.first(`SELECT count(*) AS n FROM "${name}"`)?.['n']);
  return count(table) >= count(copy);
}

/** Tables whose columns are listed one by one. */
function tablesOf(names: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => name.includes('.')).map((name) => name.split('.', 1)[0] ?? ''));
}

function hasColumnsListed(name: string, expected: ReadonlySet<string>): boolean {
  const [table = ''] = name.split('.', 1);
  return !name.includes('.') || expected.has(table);
}
