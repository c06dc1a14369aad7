// `train --register` on a small tmpfs that fills up: a clean error, nothing torn, and the next train works once there is room.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runCli } from '../support/cli.js';
import { checkStore } from '../support/invariants.js';
import { scratch } from '../support/paths.js';

const TRAIN = ['train', '--register', '--stage', 'Production'];
const mount = (...args: string[]) => spawnSync('mount', args, { encoding: 'utf8' });

test('a disk that fills up at every stage', { timeout: 900_000 }, async (t) => {
  const root = scratch();
  const disk = join(root, 'disk');
  mkdirSync(disk);
  const probe = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk);
  if (probe.status !== 0)
    return t.skip(`a tmpfs cannot be mounted here: ${(probe.stderr || String(probe.error)).trim()}`);
  spawnSync('umount', [disk]);
  let full = 0;
  let whole = 0;
  for (let kilobytes = 16; whole < 2; kilobytes += kilobytes < 600 ? 24 : 100) {
    assert.ok(kilobytes < 20_000, 'train does not even work on 20 MB');
    assert.equal(mount('-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk).status, 0);
    try {
      const ran = runCli(TRAIN, { cwd: disk });
      if (ran.code === 0) whole += 1;
      else {
        full += 1;
        assert.ok(ran.code !== null && ran.code !== 70, `${kilobytes} kB: exit ${ran.code}\n${ran.stderr}`);
        assert.match(
          ran.stderr,
          /no space|disk|full/i,
          `${kilobytes} kB: the error does not say that the disk is full:\n${ran.stderr}`,
        );
      }
      const grown = mount('-o', 'remount,size=64m', disk);
      assert.equal(grown.status, 0, grown.stderr);
      const before = await checkStore(disk);
      const next = runCli(TRAIN, { cwd: disk });
      assert.equal(next.code, 0, `${kilobytes} kB: ${next.stderr}`);
      assert.equal((await checkStore(disk)).versions, before.versions + 1);
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
  }
  t.diagnostic(`${full} sizes too small, then ${whole} that fit`);
  assert.ok(full >= 3, 'no size was too small: the test proves nothing');
});
