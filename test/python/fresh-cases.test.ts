// Models that Python makes now, with another seed than the recorded ones, answer here as they answer in Python.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { casesFolder } from '../support/paths.js';
import { pythonOf } from '../support/python.js';
import { replay } from '../support/python-case.js';

/** Any seed will do; this one is fixed so that a failure can be looked at. */
const SEED = process.env['MLCTL_SEED'] ?? '20261130';
const COUNT = 320;

test(`${COUNT} fresh models of seed ${SEED} answer as in Python`, async (t) => {
  const cases = casesFolder();
  if ('skip' in cases) return t.skip(cases.skip);
  const environment = pythonOf('models');
  if ('skip' in environment) return t.skip(environment.skip);
  const folder = mkdtempSync(join(tmpdir(), 'mlctl-fresh-'));
  try {
    const program = join(cases.folder, 'models-gen', 'gen.py');
    const made = spawnSync(environment.python, [program, folder, SEED, '--count', String(COUNT)], {
      encoding: 'utf8',
      timeout: 1_500_000,
      maxBuffer: 1 << 26,
      env: { ...process.env, PYTHONWARNINGS: 'ignore', MLFLOW_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: 'true' },
    });
    assert.equal(made.status, 0, made.stderr.slice(-2000));
    const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'expected.json')));
    assert.ok(names.length >= 300, `${names.length} cases were made`);
    const faults: string[] = [];
    for (const name of names)
      try {
        const { ok, notes } = await replay(join(folder, name));
        if (!ok) faults.push(`${name}: ${notes.join('; ')}`);
      } catch (error) {
        faults.push(`${name}: ${error}`);
      }
    assert.deepEqual(faults, []);
    t.diagnostic(`${names.length} models`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}-skipped.json`, { force: true });
  }
});
