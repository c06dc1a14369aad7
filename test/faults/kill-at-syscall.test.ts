// `train --register` killed at each write, rename and fsync in turn (strace injects the signal at the n-th call of each kind).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnv, mlctl } from '../support/cli.js';
import { checkStore } from '../support/invariants.js';
import { BIN, scratch } from '../support/paths.js';

const TRAIN = ['train', '--register', '--stage', 'Production'];
/** Each group is counted together: a kind of step that changes what is on disk. */
const KINDS: Record<string, string> = {
  write: 'write,pwrite64,writev,pwritev',
  rename: 'rename,renameat,renameat2,link,linkat',
  fsync: 'fsync,fdatasync',
  remove: 'unlink,unlinkat,ftruncate',
};

function strace(folder: string, args: readonly string[]) {
  return spawnSync('strace', ['-f', '-qq', ...args, process.execPath, BIN, ...TRAIN], {
    cwd: folder,
    env: cleanEnv({ UV_THREADPOOL_SIZE: '1' }),
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** How many calls of a kind one good run makes on files of the work folder, by the order of all calls of that kind. */
function callsOnFiles(folder: string, calls: string): number[] {
  const log = `${folder}.strace`;
  const ran = strace(folder, ['-y', '-o', log, '-e', `trace=${calls}`]);
  assert.equal(ran.status, 0, ran.stderr);
  const places: number[] = [];
  let n = 0;
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    if (!/^\d+ +\w+\(/.test(line)) continue;
    n += 1;
    if (line.includes(folder) || /"[^/"][^"]*"/.test(line)) places.push(n);
  }
  rmSync(log);
  return places;
}

test('killed at each write, rename and fsync', { timeout: 1_800_000 }, async (t) => {
  if (spawnSync('strace', ['-V']).status !== 0) return t.skip('strace is not on this machine');
  const root = scratch();
  const base = join(root, 'base');
  mkdirSync(base);
  assert.equal(mlctl(TRAIN, { cwd: base }).code, 0);
  let kills = 0;
  for (const [kind, calls] of Object.entries(KINDS)) {
    for (const fresh of [true, false]) {
      const prepare = (name: string) => {
        const folder = join(root, name);
        rmSync(folder, { recursive: true, force: true });
        if (fresh) mkdirSync(folder);
        else cpSync(base, folder, { recursive: true });
        return folder;
      };
      const places = callsOnFiles(prepare('count'), calls);
      assert.ok(places.length > 0, `no ${kind} call was seen`);
      // Page writes of one transaction come in long rows that are all alike: of more than 40 places every k-th is taken.
      const every = Math.ceil(places.length / 40);
      for (const place of places.filter((_, index) => index % every === 0 || index >= places.length - 3)) {
        const folder = prepare('work');
        const ran = strace(folder, [
          '-o',
          '/dev/null',
          '-e',
          `trace=${calls}`,
          ...calls.split(',').flatMap((call) => ['-e', `inject=${call}:signal=SIGKILL:when=${place}`]),
        ]);
        if (ran.signal === 'SIGKILL' || ran.status === 137 || ran.status === null) kills += 1;
        await checkStore(folder);
        const next = mlctl(TRAIN, { cwd: folder });
        assert.equal(next.code, 0, `${kind} ${place}${fresh ? ' on a new store' : ''}: ${next.stderr}`);
        await checkStore(folder);
      }
    }
  }
  t.diagnostic(`${kills} kills`);
  assert.ok(kills > 50, `only ${kills} runs were killed`);
});
