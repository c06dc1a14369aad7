// `train --register` killed at each write, rename and fsync in turn (strace injects the signal at the n-th call of each kind).
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { checkStore } from '../support/invariants.js';
import { BIN, scratch } from '../support/paths.js';
import { systemTool } from '../support/system-tool.js';

const TRAIN = ['train', '--register', '--stage', 'Production'];
/** The calls that change what is on disk. strace counts each call by itself, thread by thread. */
const CALLS = ['write', 'pwrite64', 'writev', 'rename', 'link', 'linkat', 'fsync', 'fdatasync', 'unlink', 'ftruncate'];

function strace(folder: string, args: readonly string[]) {
  return spawnSync('strace', ['-f', '-qq', ...args, process.execPath, BIN, ...TRAIN], {
    cwd: folder,
    env: cleanEnvironment({ UV_THREADPOOL_SIZE: '1' }),
    encoding: 'utf8',
    timeout: 120_000,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Every place of the long rows as well. */
const ALL = process.env['MLCTL_FAULTS'] === 'all';

/** At which of a thread's calls of this name one good run touches files of the work folder. */
function placesOf(folder: string, call: string): number[] {
  const log = `${folder}.strace`;
  const ran = strace(folder, ['-y', '-o', log, '-e', `trace=${call}`]);
  assert.equal(ran.status, 0, ran.stderr);
  const counts = new Map<string, number>();
  const places = new Set<number>();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const thread = /^(\d+) +\w+\(/.exec(line)?.[1];
    if (thread === undefined) continue;
    const n = (counts.get(thread) ?? 0) + 1;
    counts.set(thread, n);
    if (line.includes(folder)) places.add(n);
  }
  rmSync(log);
  return [...places].sort((a, b) => a - b);
}

test('killed at each write, rename and fsync', { timeout: 1_800_000 }, async (t) => {
  const tool = systemTool('strace');
  if ('skip' in tool) return t.skip(tool.skip);
  const root = scratch();
  const base = join(root, 'base');
  mkdirSync(base);
  assert.equal(runCli(TRAIN, { cwd: base }).code, 0);
  let kills = 0;
  const seen: string[] = [];
  for (const call of CALLS) {
    for (const fresh of [true, false]) {
      const prepare = (name: string) => {
        const folder = join(root, name);
        rmSync(folder, { recursive: true, force: true });
        if (fresh) mkdirSync(folder);
        else cpSync(base, folder, { recursive: true });
        return folder;
      };
      const places = placesOf(prepare('count'), call);
      if (places.length > 0) seen.push(`${call} ${places.length}`);
      // Page writes and syncs of transactions come in long rows that are all alike: of more than 30 places every k-th is taken.
      const every = ALL || places.length <= 30 ? 1 : Math.ceil(places.length / 12);
      for (const place of places.filter((_, index) => index % every === 0 || index >= places.length - 3)) {
        const folder = prepare('work');
        const ran = strace(folder, [
          '-o',
          '/dev/null',
          '-e',
          `trace=${call}`,
          '-e',
          `inject=${call}:signal=SIGKILL:when=${place}`,
        ]);
        if (ran.signal === 'SIGKILL' || ran.status === 137) kills += 1;
        await checkStore(folder);
        const next = runCli(TRAIN, { cwd: folder });
        assert.equal(next.code, 0, `${call} ${place}${fresh ? ' on a new store' : ''}: ${next.stderr}`);
        await checkStore(folder);
      }
    }
  }
  t.diagnostic(`${kills} kills; calls on files of the store in one run: ${seen.join(', ')}`);
  assert.ok(kills > 50, `only ${kills} runs were killed`);
  for (const kind of [/^p?write/, /^(rename|link)/, /^f(data)?sync/])
    assert.ok(
      seen.some((call) => kind.test(call)),
      `no call like ${kind} was seen`,
    );
});
