// A probe of a folder leaves nothing there or beside it, and names the folder that exists.
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import disk from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { existingFolder, probeFolder } from '../../src/files/probe-folder.js';
import { scratch } from '../support/paths.js';

test('the file is made in the folder itself, or in the nearest one above it, and goes again', async (t) => {
  const folder = join(scratch(), 'own');
  mkdirSync(folder);
  const made: string[] = [];
  const { open } = disk;
  t.mock.method(disk, 'open', (path: string, ...more: []) => {
    made.push(path);
    return open(path, ...more);
  });
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
  for (const place of [folder, join(folder, 'not', 'yet')]) {
    made.length = 0;
    await probeFolder(place);
    assert.equal(made.length, 1);
    assert.ok(made[0]?.startsWith(join(folder, '.mlctl-doctor.')), made[0]);
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('the nearest folder above that exists, up to the root', () => {
  const folder = scratch();
  assert.equal(existingFolder(folder), folder);
  assert.equal(existingFolder(join(folder, 'a', 'b')), folder);
  assert.equal(existingFolder('/'), '/');
  assert.equal(existingFolder('none-of-these/x'), '.');
});

test('what takes no files is named, with the words of the system', async () => {
  const file = join(scratch(), 'file');
  writeFileSync(file, '');
  await assert.rejects(probeFolder(file), {
    code: 'FILE_WRITE_FAILED',
    details: { path: file, system_code: 'ENOTDIR' },
  });
});
