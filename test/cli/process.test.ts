// The program among other processes: closed pipes and full disks.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cleanEnvironment, runCli } from '../support/cli.js';
import { BIN, scratch } from '../support/paths.js';

test('a reader that goes away is no failure', async () => {
  const child = spawn(process.execPath, [BIN, 'completion', 'zsh'], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  assert.deepEqual([code, stderr], [0, '']);
});

test('an answer that cannot be written is exit 2, in words and without a stack', (t) => {
  if (!existsSync('/dev/full')) return t.skip('no /dev/full here');
  for (const args of [['version'], ['completion', 'bash'], ['train', '--dry-run', '--json']]) {
    const full = openSync('/dev/full', 'w');
    const done = spawnSync(process.execPath, [BIN, ...args], {
      cwd: scratch(),
      env: cleanEnvironment(),
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    });
    closeSync(full);
    assert.equal(done.status, 2, args.join(' '));
    assert.match(
      done.stderr,
      /the answer could not be written to stdout \(ENOSPC\)\n {2}code: FILE_WRITE_FAILED, exit 2 /,
    );
    assert.doesNotMatch(done.stderr, /\n\s+at |mlctl\.cjs/);
  }
});

test('a reader that goes away changes no verdict', async () => {
  const child = spawn(process.execPath, [BIN, 'smoke', 'models:/nobody/1'], {
    cwd: scratch(),
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child.stdout.destroy();
  assert.deepEqual((await once(child, 'close'))[0], 3);
});

test('the runtime leaves nothing in the home and temp folders, and says nothing', () => {
  const [home, temp, cwd] = [scratch(), scratch(), scratch()];
  const run = (...args: string[]) => runCli(args, { cwd, env: { HOME: home, TMPDIR: temp } });
  const trained = run('train', '--no-log', '--out', 'p', '--quiet');
  assert.deepEqual([trained.code, trained.stderr], [0, '']);
  // Unknown bytes are opened in a process of their own: that one, too.
  appendFileSync(join(cwd, 'p', 'requirements.txt'), '# changed\n');
  const smoked = run('smoke', './p');
  assert.deepEqual([smoked.code, smoked.stderr], [0, '']);
  const left = [...readdirSync(home, { recursive: true }), ...readdirSync(temp)].map(String);
  assert.deepEqual(
    left.filter((name) => !/^\.cache(\/mlctl(\/known(\/(?:key|[0-9a-f]{64}))?)?)?$/.test(name)),
    [],
  );
});
