// A service calls its model millions of times: nothing stays of a call, whether it was answered, refused, or only checked.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../support/paths.js';
import { irisVersions } from './iris-versions.js';

/** `npm run bench -- library` makes a million. */
const CALLS = 200_000;

test('200,000 calls leave no memory behind', { timeout: 300_000 }, async () => {
  const { cwd } = await irisVersions();
  const args = ['--expose-gc', join(ROOT, 'bench', 'library.mjs'), ROOT, 'models:/iris_clf/1', 'memory', String(CALLS)];
  const done = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
  assert.equal(done.status, 0, done.stderr);
  const { heap, rss } = JSON.parse(done.stdout);
  // Ten bytes a call would be 2 MiB.
  assert.ok(heap < 1, `the heap grew by ${heap} MiB`);
  assert.ok(rss < 32, `the process grew by ${rss} MiB`);
});
