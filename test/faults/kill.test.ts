// `train --register` killed with SIGKILL at random moments: whatever the moment, the store opens in mlctl and in Python,
// no registered version is without its whole package, and the next train works.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cliKilledAfter, runCli } from '../support/cli.js';
import { checkStore } from '../support/invariants.js';
import { scratch } from '../support/paths.js';
import { pythonOf, runPython } from '../support/python.js';

const KILLS = process.env['MLCTL_FAULTS'] === 'all' ? 100 : 60;
const TRAIN = ['train', '--register', '--stage', 'Production', '--alias', 'champion'];

/** Opens a copy (the first Python to open a store upgrades it) and loads every version through pyfunc's resolution. */
export const PYTHON_OPENS = `
import sys, mlflow
from mlflow import MlflowClient
mlflow.set_tracking_uri("sqlite:///" + sys.argv[1])
client = MlflowClient()
runs = client.search_runs([e.experiment_id for e in client.search_experiments()], max_results=1000)
versions = [v for m in client.search_registered_models() for v in client.search_model_versions("name='%s'" % m.name)]
for version in versions:
    location = client.get_model_version_download_uri(version.name, version.version)
    model = mlflow.models.Model.load(location)
    assert model.signature is not None
print(len(runs), len(versions))
`;

test(`killed at ${KILLS} random moments`, { timeout: 900_000 }, async (t) => {
  const python = pythonOf('mlflow');
  if ('skip' in python) return t.skip(python.skip);
  const root = scratch();
  const warm = join(root, 'warm');
  mkdirSync(warm);
  const started = performance.now();
  assert.equal(runCli(TRAIN, { cwd: warm }).code, 0);
  const whole = performance.now() - started;

  let killed = 0;
  let attempts = 0;
  let latest = whole;
  let folder = '';
  // A fixed sequence of fractions (Lehmer), so that a failure can be run again.
  let seed = 42;
  const fraction = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  while (killed < KILLS) {
    attempts += 1;
    assert.ok(attempts <= 4 * KILLS, `${killed} of ${attempts} runs were killed: the delays do not fit this machine`);
    // A new folder every ten kills, so that the making of the store is hit too.
    if (folder === '' || killed % 10 === 0) {
      folder = join(root, `store-${attempts}`);
      mkdirSync(folder);
    }
    const begun = performance.now();
    const ended = await cliKilledAfter(latest * (0.1 + 0.9 * fraction()), TRAIN, { cwd: folder });
    if (!ended.killed) {
      assert.equal(ended.code, 0);
      // The machine got faster: the next ones are killed earlier.
      latest = Math.min(latest, performance.now() - begun);
      continue;
    }
    killed += 1;
    await checkStore(folder);
    if (killed % 10 === 0) {
      const before = await checkStore(folder);
      const next = runCli(TRAIN, { cwd: folder });
      assert.equal(next.code, 0, next.stderr);
      const after = await checkStore(folder);
      assert.equal(after.versions, before.versions + 1);
      assert.equal(runCli(['smoke', 'models:/iris_clf/Production'], { cwd: folder }).code, 0);
      const copy = join(root, `copy-${killed}`);
      cpSync(folder, copy, { recursive: true });
      const opened = runPython(python.python, PYTHON_OPENS, [join(copy, 'mlflow.db')], { cwd: copy });
      assert.equal(opened.status, 0, opened.stderr);
      assert.equal(opened.stdout.trim().split('\n').at(-1), `${after.runs} ${after.versions}`);
      folder = '';
    }
  }
  t.diagnostic(
    `${killed} of ${attempts} runs were killed before their end (the first whole run took ${whole.toFixed(0)} ms)`,
  );
});
