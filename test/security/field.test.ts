// The recorded cases of `field/`: what users of this and other tools met, each with the right value.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { BIN, casesFolder } from '../support/paths.js';

/** Cases whose expectation is not what Python does, with the evidence. */
const OTHERWISE = new Map([
  [
    'parquet-nested-missing-long',
    'pandas.read_parquet makes 1.0 of a whole number beside a missing one in a struct, and MLflow 2.22, 3.17 and 3.18 then say "Expected type long, received type float"',
  ],
]);

function runAll(program: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', [program, BIN, '--jobs', '2'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}

test('the recorded cases of the field agree', async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  if (process.platform !== 'linux') return t.skip('the cases want Linux');
  const program = join(cases.folder, 'field', 'run.py');
  assert.ok(existsSync(program), program);
  const said = await runAll(program);
  const counted = /^(\d+) of (\d+) agree$/m.exec(said);
  assert.ok(counted !== null && Number(counted[2]) > 40, said.slice(-2000));
  const failed = [...said.matchAll(/^✖ (\S+)$/gm)].map(([, name]) => name!);
  assert.equal(failed.length, Number(counted[2]) - Number(counted[1]), said.slice(-4000));
  assert.deepEqual(
    failed.filter((name) => !OTHERWISE.has(name)),
    [],
    said.slice(-6000),
  );
});
