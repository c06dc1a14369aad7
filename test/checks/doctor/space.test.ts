// doctor on free space: what is free where the folder lies, or will lie, and when that is little.
import assert from 'node:assert/strict';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgeFreeBytes, judgeSpace } from '../../../src/checks/doctor/space.js';
import { scratch } from '../../support/paths.js';

test('the real space, also of a folder that is not there yet', async () => {
  const folder = scratch();
  const { bavail, bsize } = statfsSync(folder);
  const { details, message } = await judgeSpace(join(folder, 'not', 'yet'), null);
  const free = Number(details?.['free_bytes']);
  assert.ok(Math.abs(free - bavail * bsize) < 2 ** 30, `${free}`);
  assert.match(message, /GiB free at /);
});

test('little is warned of, with where to go; what cannot be known is skipped', () => {
  const little = judgeFreeBytes('/data/cache', 100 * 2 ** 20, 'MLCTL_CACHE_DIR');
  assert.deepEqual([little.status, little.details?.['free_bytes']], ['warn', 100 * 2 ** 20]);
  assert.match(little.message, /0\.1 GiB free at \/data\/cache, less than 0\.5 GiB/);
  assert.match(little.hint ?? '', /du -sh \/data\/cache.*export MLCTL_CACHE_DIR=/);
  assert.match(judgeFreeBytes('/data', 0, null).hint ?? '', /work in another folder/);
  assert.equal(judgeFreeBytes('/data', 2 ** 30, null).status, 'pass');
  assert.equal(judgeFreeBytes('/data', null, null).status, 'skip');
});
