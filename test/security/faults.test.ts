// Every program of `faults/` in the recorded cases: an attack or a fault that was found once, and must not come back.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BIN, casesFolder } from '../support/paths.js';

/** While a fault is there, its program may take minutes. */
const TIMEOUT_MS = 240_000;

function runProgram(folder: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    // A group of its own: what a program leaves running ends with it.
    const child = spawn('python3', ['run.py'], {
      cwd: folder,
      detached: true,
      env: { ...process.env, MLCTL: `${process.execPath} ${BIN}` },
    });
    let said = '';
    const hear = (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-4000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const timer = setTimeout(() => {
      said += `\nended after ${TIMEOUT_MS} ms`;
      process.kill(-child.pid!, 'SIGKILL');
    }, TIMEOUT_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    });
  });
}

test('the recorded attacks and faults', async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  const faults = join(cases.folder, 'faults');
  const names = existsSync(faults)
    ? readdirSync(faults).filter((name) => existsSync(join(faults, name, 'run.py')))
    : [];
  assert.ok(names.length > 0, `there are no programs in ${faults}`);
  for (const name of names) {
    await t.test(name, async (t) => {
      // They are written for Linux; what they need of a machine beyond Python they name themselves.
      if (process.platform !== 'linux') return t.skip('the programs want Linux');
      const { code, said } = await runProgram(join(faults, name));
      assert.equal(code, 0, `${said}\n${readFileSync(join(faults, name, 'README'), 'utf8').slice(0, 1000)}`);
    });
  }
});
