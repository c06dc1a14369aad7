// The real program meets every recorded model that attacks its reader, and is watched (scripts/cases-hostile.mjs).
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { casesFolder, ROOT } from '../support/paths.js';

function runAll(folder: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'scripts', 'cases-hostile.mjs'), folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

for (const [set, least] of [
  ['hostile-models', 100],
  ['hostile-pickles', 20],
] as const)
  test(`no model of ${set} does any harm`, async (t) => {
    const cases = casesFolder();
    if ('skip' in cases) return t.skip(cases.skip);
    const { code, said } = await runAll(join(cases.folder, set));
    assert.equal(code, 0, said.slice(-3000));
    assert.ok(Number(/^(\d+) did no harm/m.exec(said)?.[1]) > least, said);
  });
