// A store file that brings triggers or views along is not used, and one that MLflow made is.
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openTracking } from '../../src/tracking/open.js';
import { Sqlite } from '../../src/tracking/sqlite/driver.js';
import { diagnoseStore } from '../../src/tracking/sqlite/file/diagnose.js';
import { repairStore } from '../../src/tracking/sqlite/file/repair-store.js';
import { scratch } from '../support/paths.js';
import { testWorld } from './test-world.js';

async function storeWith(sql: string): Promise<string> {
  const folder = scratch();
  await (await openTracking(testWorld(folder))).close();
  const sqlite = await Sqlite.open(join(folder, 'mlflow.db'));
  sqlite.exec(sql);
  sqlite.close();
  return folder;
}

const PROGRAMS = [
  "CREATE TRIGGER evil AFTER INSERT ON runs BEGIN UPDATE experiments SET name = 'x'; END",
  'CREATE VIEW evil AS SELECT * FROM runs',
  'CREATE TRIGGER prevent_secrets_aad_mutation BEFORE INSERT ON runs BEGIN SELECT 1; END',
];

for (const sql of PROGRAMS)
  test(`refused: ${sql.slice(0, 40)}`, async () => {
    const folder = await storeWith(sql);
    const world = testWorld(folder);
    const refused = {
      code: 'STORE_UNSUPPORTED',
      message: /triggers or views that MLflow never makes: (?:evil|prevent)/,
    };
    await assert.rejects(openTracking(world), refused);
    const file = join(folder, 'mlflow.db');
    copyFileSync(file, `${file}.before`);
    assert.equal((await diagnoseStore(file, world)).verdict, 'programmed');
    await assert.rejects(repairStore(file, world), /triggers or views/);
  });

test('the one trigger that MLflow makes is no reason', async () => {
  const folder = await storeWith(
    'CREATE TABLE secrets (secret_id TEXT); CREATE TRIGGER prevent_secrets_aad_mutation BEFORE UPDATE ON secrets BEGIN SELECT 1; END',
  );
  const verdict = (await diagnoseStore(join(folder, 'mlflow.db'), testWorld(folder))).verdict;
  assert.notEqual(verdict, 'programmed');
});

test('functions with effects cannot be called by what a file brings along, and pages are checked', async () => {
  const sqlite = await Sqlite.open(join(scratch(), 'a.db'));
  assert.deepEqual(
    sqlite.all('PRAGMA trusted_schema').map((row) => Object.values(row)),
    [[0]],
  );
  assert.deepEqual(
    sqlite.all('PRAGMA cell_size_check').map((row) => Object.values(row)),
    [[1]],
  );
  sqlite.close();
});
