// Where a model runs: in this process only if mlctl knows its bytes, else in a process of its own that has no secrets.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { writeFolderAtomically } from '../../src/files/write-folder-atomically.js';
import { rememberPackage } from '../../src/loader/known-packages.js';
import { openFetched, openModel } from '../../src/loader/open-model.js';
import { readPackage } from '../../src/model/read-package.js';
import { childProcesses } from '../support/child-processes.js';
import { irisLikePackage } from '../support/packages.js';
import { testWorld } from '../support/worlds.js';

test('a package runs in a process of its own, without our environment, until mlctl knows it', async (t) => {
  if (childProcesses() === null) return t.skip('only Linux tells which processes there are');
  process.env['MLFLOW_TRACKING_TOKEN'] = 'secret-of-this-test';
  t.after(() => delete process.env['MLFLOW_TRACKING_TOKEN']);
  const world = testWorld();
  const folder = join(world.cwd, 'given');
  await writeFolderAtomically(folder, irisLikePackage());
  const pkg = { ...(await readPackage(folder)), verified: 'none' as const };
  for (const open of [
    () => openFetched(world, pkg, { timeoutMs: 60_000 }),
    () => openModel(world, './given', { timeoutMs: 60_000 }),
  ]) {
    const model = await open();
    const [child, ...more] = childProcesses() ?? [];
    await model.close();
    assert.ok(child);
    assert.deepEqual(more, []);
    // What Node itself sets for a channel, and nothing of ours.
    for (const entry of child.environment) assert.match(entry, /^NODE_(?:CHANNEL|UNIQUE|V8_COVERAGE)/);
  }
  rememberPackage(world, pkg.digest.package);
  const model = await openFetched(world, pkg, {});
  assert.deepEqual(childProcesses(), []);
  await model.close();
});
