// The program among other processes: closed pipes, completion scripts that shells accept.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
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

test('the completion scripts are ones their shells accept', (t) => {
  const shells = { bash: '-n', zsh: '-n', fish: '--no-execute' };
  for (const [shell, check] of Object.entries(shells)) {
    const { stdout, code } = runCli(['completion', shell]);
    assert.equal(code, 0);
    const file = join(scratch(), 'completion');
    writeFileSync(file, stdout);
    const done = spawnSync(shell, [check, file], { encoding: 'utf8' });
    // bash is everywhere; the others prove themselves where they are installed.
    if (done.error && shell !== 'bash') t.diagnostic(`no ${shell} here`);
    else assert.deepEqual([shell, done.status, done.stderr], [shell, 0, '']);
  }
});

test('bash completes commands and flags', () => {
  const { stdout } = runCli(['completion', 'bash']);
  const completed = (...words: string[]) =>
    spawnSync(
      'bash',
      [
        '-c',
        `${stdout}\nCOMP_WORDS=(mlctl ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}; _mlctl; echo "\${COMPREPLY[@]}"`,
      ],
      { encoding: 'utf8', cwd: '/' },
    ).stdout.trim();
  assert.equal(completed('vers'), 'version');
  assert.equal(completed('version', '--off'), '--offline');
  assert.equal(completed('completion', 'z'), 'zsh');
});
